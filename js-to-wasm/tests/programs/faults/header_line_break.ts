// A header with a line break
function handler(req: Request): Response {
  return Response.text(req.path, { headers: { "x-a": "b\r\nc: d" } });
}
