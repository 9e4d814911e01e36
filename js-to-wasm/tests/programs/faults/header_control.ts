export function handler(): Response {
  return Response.text("a", { headers: { "x-a": "a\u0007b" } });
}
