// {"open": {"pure": ""}}
const say = console.log;
export function handler(req: Request): Response {
  say("a");
  return Response.json(1);
}
