// {"open": {"injection_safe": "without escaping it"}}
export function handler(req: Request): Response {
  return Response.html(renderToString(<a href={req.query.to ?? ""}>x</a>));
}
