// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  return Response.html(renderToString(<a href={req.query.u ?? ""}>x</a>));
}
