// A status that is no whole number
function handler(req: Request): Response {
  return Response.text(req.path, { status: 200.5 });
}
