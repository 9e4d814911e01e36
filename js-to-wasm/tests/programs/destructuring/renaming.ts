// New names
function handler(): Response {
  const out: string[] = [];
  const { a: x, "b-c": y, 3: z } = { a: 1, "b-c": 2, 3: "three" };
  out.push(`${x}${y}${z}`);
  return Response.text(out.join("\n"));
}
