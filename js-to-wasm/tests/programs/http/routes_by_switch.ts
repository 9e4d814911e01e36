// request: {"url": "/b"}
function handler(req: Request): Response {
  switch (req.path) {
    case "/a":
    case "/b":
      return Response.text("a or b");
    default:
      return Response.text("none", { status: 404 });
  }
}
