// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  return Response.html(renderToString(<button hx-on--click={req.path}>x</button>));
}
