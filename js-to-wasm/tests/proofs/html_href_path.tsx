// {"proven": ["injection_safe"]}
export function handler(req: Request): Response {
  return Response.html(renderToString(<a href={`/users/${req.query.to ?? ""}`}>x</a>));
}
