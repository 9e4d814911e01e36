// request: {"headers": {"get": "g", "x": "1"}}
function handler(req: Request): Response {
  return Response.json([req.headers.get("get"), req.headers.has("set"), req.headers.get("x")]);
}
