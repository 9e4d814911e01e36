// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  return Response.html(renderToString(<div {...{ onload: req.path }} />));
}
