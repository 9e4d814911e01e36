// request: {"headers": {"Authorization": "Bearer t", "x-a": "b"}}
function handler(req: Request): Response {
  return Response.json([req.headers["authorization"], req.headers.authorization, req.headers["x-a"], req.headers["none"] ?? "missing"]);
}
