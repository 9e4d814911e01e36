// A call of what is no function
function handler(req: Request): Response {
  const data: { f: (n: number) => string } = JSON.parse("{\"f\":1}");
  return Response.text(data.f(1) + req.path);
}
