// assert with a response
function handler(req: Request): Response {
  assert req.method === "POST", Response.text("only POST", { status: 405, headers: { allow: "POST" } });
  return Response.text("ok");
}
