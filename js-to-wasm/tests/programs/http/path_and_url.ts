// request: {"url": "/a/b%20c?x=1&y=2"}
function handler(req: Request): Response {
  return Response.json([req.path, req.url]);
}
