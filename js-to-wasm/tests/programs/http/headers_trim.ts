function handler(): Response {
  const headers = Headers({ a: "  spaced\t" });
  return Response.json([headers.get("a")]);
}
