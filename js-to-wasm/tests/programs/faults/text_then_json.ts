// Reading a body as text and as JSON
function handler(req: Request): Response {
  req.text();
  return Response.json(req.json());
}
