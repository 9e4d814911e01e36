function handler(): Response {
  const a = Response.text("x");
  const b = Response.json({ n: 1 }, { status: 404 });
  return Response.json([a.status, a.ok, a.statusText, a.body ?? "", b.status, b.ok, b.statusText, b.headers.get("content-type")]);
}
