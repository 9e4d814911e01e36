// A loop whose name changes
function handler(): Response {
  const out: string[] = [];
  for (let n of [1, 2, 3]) {
    n *= 10;
    out.push(`${n}`);
  }
  return Response.text(out.join("\n"));
}
