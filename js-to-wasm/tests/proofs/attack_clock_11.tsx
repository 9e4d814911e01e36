// {"open": {"deterministic": ""}}
const Clock = () => <b>{Date.now()}</b>;
export function handler(req: Request): Response {
  return Response.html(renderToString(<Clock />));
}
