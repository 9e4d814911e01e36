// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  const Tag: string = req.query.tag ?? "p";
  return Response.html(renderToString(<Tag>{req.path}</Tag>));
}
