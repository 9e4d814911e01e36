// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  const Tag = req.method === "GET" ? "script" : "p";
  return Response.html(renderToString(<Tag>{req.path}</Tag>));
}
