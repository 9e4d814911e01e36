// {"open": {"injection_safe": ""}}
export function handler(req) {
  const Tag = req.query.tag ?? "p";
  return Response.html(renderToString(<Tag>{req.path}</Tag>));
}
