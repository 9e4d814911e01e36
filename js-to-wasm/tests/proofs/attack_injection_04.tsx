// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  const r = Response.text(req.path);
  r.headers.set("content-type", "text/html");
  return r;
}
