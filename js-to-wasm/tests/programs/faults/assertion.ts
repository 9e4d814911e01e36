// A bare assert that fails
function handler(req: Request): Response {
  assert req.method === "NONE";
  return Response.text("never");
}
