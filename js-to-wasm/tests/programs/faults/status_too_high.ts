// A status above 599
function handler(req: Request): Response {
  return Response.text(req.path, { status: 600 });
}
