function handler(): Response {
  return Response.json({ a: [1, "x", true], b: undefined });
}
