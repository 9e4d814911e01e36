function handler(): Response {
  return Response.json([1], { headers: { "Content-Type": "application/problem+json" } });
}
