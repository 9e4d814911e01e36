// {"proven": ["injection_safe"], "open": {"deterministic": "reads the clock"}}
const Now = () => <b>{Date.now()}</b>;
export function handler(req: Request): Response {
  return Response.html(renderToString(<p><Now /></p>));
}
