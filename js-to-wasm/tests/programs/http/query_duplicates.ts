// request: {"url": "/?a=1&a=2&b=1&a=3"}
function handler(req: Request): Response {
  return Response.json(req.query);
}
