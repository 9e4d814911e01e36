// Objects
function handler(): Response {
  const out: string[] = [];
  const o: { a: number; b: string; c: boolean; missing?: string } = { a: 1, b: "x", c: true };
  const { a, b, missing } = o;
  out.push(`${a}${b}${missing}`);
  return Response.text(out.join("\n"));
}
