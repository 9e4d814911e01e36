// request: {"url": "/?&&=x&%00=a&a=b=c?d&%E4%B8%96=%F0%9F%98%80"}
function handler(req: Request): Response {
  return Response.json(Object.entries(req.query));
}
