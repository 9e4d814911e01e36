// request: {"method": "POST"}
function handler(req: Request): Response {
  return Response.json([req.text()]);
}
