// Reading a body twice
function handler(req: Request): Response {
  req.text();
  return Response.text(req.text());
}
