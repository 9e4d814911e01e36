// The smallest handler: one function, one answer. Its module imports nothing.
export function handler(): Response {
  return Response.json({ hello: "world" });
}
