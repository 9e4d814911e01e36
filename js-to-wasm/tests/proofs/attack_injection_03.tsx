// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  return Response(req.path, { headers: { "content-type": "text/html" } });
}
