// request: {"url": "/?a=%ff%41&b=%e4%b8&c=%"}
function handler(req: Request): Response {
  return Response.json(req.query);
}
