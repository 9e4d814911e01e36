// A header with a bad name
function handler(req: Request): Response {
  return Response.text(req.path, { headers: { "bad name": "x" } });
}
