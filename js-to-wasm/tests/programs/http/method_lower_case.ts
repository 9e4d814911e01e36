// request: {"method": "patch"}
function handler(req: Request): Response {
  return Response.text(req.method);
}
