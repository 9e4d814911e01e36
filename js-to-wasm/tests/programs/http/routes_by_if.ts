// request: {"method": "POST", "url": "/users"}
function handler(req: Request): Response {
  if (req.path === "/users") {
    if (req.method === "GET") {
      return Response.json([]);
    }
    if (req.method === "POST") {
      return Response.json({ id: 1 }, { status: 201 });
    }
    return Response.text("method", { status: 405 });
  }
  return Response.text("none", { status: 404 });
}
