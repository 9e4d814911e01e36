// request: {"headers": {"a": "1"}}
function handler(req: Request): Response {
  req.headers.set("b", "2");
  req.headers.append("a", "3");
  req.headers.delete("c");
  return Response.json(req.headers);
}
