// request: {"url": "/x"}
function handler(req) {
  return Response.json({ path: req.path });
}
