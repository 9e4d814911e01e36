// A field of undefined
function handler(req: Request): Response {
  const data: { a: { b: string } } = JSON.parse("{}");
  return Response.text(data.a.b + req.path);
}
