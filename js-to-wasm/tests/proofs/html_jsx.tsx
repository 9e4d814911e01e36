// {"proven": ["injection_safe", "input_validated"]}
export function handler(req: Request): Response {
  return Response.html(renderToString(<p title={req.path}>{req.query.name ?? ""}</p>));
}
