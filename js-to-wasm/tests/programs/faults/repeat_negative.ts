// repeat with a negative count
function handler(req: Request): Response {
  return Response.text("a".repeat(req.path.length - 5));
}
