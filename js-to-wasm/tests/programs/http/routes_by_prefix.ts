// request: {"url": "/api/greet/world"}
function handler(req: Request): Response {
  const prefix = "/api/greet/";
  if (req.path.startsWith(prefix)) {
    return Response.json({ greeting: `Hello, ${req.path.slice(prefix.length)}!` });
  }
  return Response.text("none", { status: 404 });
}
