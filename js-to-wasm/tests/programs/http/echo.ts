// request: {"method": "POST", "url": "/echo?x=1", "headers": {"content-type": "text/plain"}, "body": "abc"}
function handler(req: Request): Response {
  return Response.json({ method: req.method, url: req.url, headers: req.headers, body: req.body });
}
