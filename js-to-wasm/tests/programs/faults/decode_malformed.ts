// decodeURIComponent of a broken escape
function handler(req: Request): Response {
  return Response.text(decodeURIComponent(`%${req.path}`));
}
