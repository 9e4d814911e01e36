// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  const x: { h: string } = JSON.parse(req.body ?? "");
  return Response.html(x.h);
}
