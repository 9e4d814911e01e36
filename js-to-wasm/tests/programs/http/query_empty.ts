// request: {"url": "/?"}
function handler(req: Request): Response {
  return Response.json([req.query, req.path, req.url]);
}
