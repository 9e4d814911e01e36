// Answers that are none yet are not a handler's.
export function handler(): Response {
  return Response.text("a", { status: 103 });
}
