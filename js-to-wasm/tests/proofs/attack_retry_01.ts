// {"open": {"retry_safe": ""}}
const send = fetchSync;
export function handler(req: Request): Response {
  return Response.json(send("https://a.example/").status);
}
