// request: {"headers": {"B": "2", "a": "1"}}
function handler(req: Request): Response {
  return Response.json([Object.keys(req.headers), req.headers]);
}
