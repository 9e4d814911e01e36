// {"proven": ["injection_safe"]}
export function handler(req: Request): Response {
  return Response.html(`<p>${parseInt(req.query.n ?? "0")}</p>`);
}
