function handler(req: Request): Response {
  return Response.json([req.method, req.path, req.url, req.query, req.body ?? "no body"]);
}
