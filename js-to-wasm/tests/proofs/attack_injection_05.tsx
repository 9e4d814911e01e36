// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  return Response.html(["<p>", req.path].join(""));
}
