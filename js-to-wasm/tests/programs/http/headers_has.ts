// request: {"headers": {"a": "1"}}
function handler(req: Request): Response {
  return Response.json([req.headers.has("A"), req.headers.has("b")]);
}
