// request: {"url": "/health"}
function handler(req: Request): Response {
  return match (req.path) {
    when "/": Response.text("home")
    when "/health": Response.json({ ok: true })
    default: Response.text("none", { status: 404 })
  };
}
