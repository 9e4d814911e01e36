// request: {"method": "POST", "body": "x=1"}
function handler(req: Request): Response {
  const text = req.text();
  return Response.json([req.body ?? "none", text]);
}
