// The rest of an object
function handler(): Response {
  const out: string[] = [];
  const { a, ...rest } = { a: 1, b: 2, c: 3 };
  out.push(`${a}`, JSON.stringify(rest));
  const { b, ...more } = rest;
  out.push(`${b}`, JSON.stringify(more));
  return Response.text(out.join("\n"));
}
