// request: {"url": "/?a=1"}
function handler(req: Request): Response {
  return Response.text(`${req.query.a ?? "none"} ${req.query.b ?? "none"}`);
}
