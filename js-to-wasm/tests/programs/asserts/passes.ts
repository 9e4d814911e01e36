// request: {"method": "POST"}
function handler(req: Request): Response {
  assert req.method === "POST", Response.text("only POST", { status: 405 });
  assert req.method.length > 0;
  return Response.text("ok");
}
