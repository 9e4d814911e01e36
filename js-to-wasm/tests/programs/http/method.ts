// request: {"method": "DELETE"}
function handler(req: Request): Response {
  return Response.text(req.method);
}
