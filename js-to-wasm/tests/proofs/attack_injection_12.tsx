// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  const h = { a: "text/html" };
  return Response.text(req.path, { headers: { "content-type": h.a } });
}
