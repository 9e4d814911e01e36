function handler(req: Request): Response {
  const made = Request("/x?a=1", { method: "put", headers: { "X-A": "b" }, body: "{}" });
  return Response.json([made.method, made.path, made.url, made.query, made.headers.get("x-a"), made.json(), req.method]);
}
