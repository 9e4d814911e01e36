// A status below 100
function handler(req: Request): Response {
  return Response.text(req.path, { status: 99 });
}
