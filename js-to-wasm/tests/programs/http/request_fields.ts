function handler(req: Request): Response {
  const seen = { ...req.query, id: "7" };
  return Response.json(seen);
}
