// {"open": {"injection_safe": "without escaping it"}}
export function handler(req: Request): Response {
  return Response(req.path, { headers: { "Content-Type": "text/html" } });
}
