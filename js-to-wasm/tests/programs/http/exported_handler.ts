export function handler(req: Request): Response {
  return Response.text(`exported ${req.path}`);
}
