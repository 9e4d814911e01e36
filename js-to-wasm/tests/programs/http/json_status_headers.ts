function handler(): Response {
  return Response.json({ error: "none" }, { status: 404, headers: { "cache-control": "no-store" } });
}
