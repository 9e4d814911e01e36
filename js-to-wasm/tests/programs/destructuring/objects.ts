// Objects
function handler(): Response {
  const out: string[] = [];
  const { a, b } = { a: 1, b: "x", c: true };
  const { missing } = { missing: undefined };
  out.push(`${a}${b}${missing}`);
  return Response.text(out.join("\n"));
}
