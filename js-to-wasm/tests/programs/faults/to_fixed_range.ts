// toFixed with too many digits
function handler(req: Request): Response {
  return Response.text((1.5).toFixed(100 + req.path.length));
}
