// request: {"headers": {"X-One": "1", "accept": "text/html"}}
function handler(req: Request): Response {
  return Response.json([req.headers.get("x-one"), req.headers.get("X-ONE"), req.headers.get("accept"), req.headers.get("none") ?? "missing"]);
}
