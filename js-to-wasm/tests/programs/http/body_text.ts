// request: {"method": "POST", "body": "héllo\n😀"}
function handler(req: Request): Response {
  return Response.text(req.text());
}
