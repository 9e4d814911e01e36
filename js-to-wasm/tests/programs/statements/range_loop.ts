// A loop over a range
function handler(): Response {
  const out: string[] = [];
  let sum = 0;
  for (const i of range(1, 101)) {
    sum += i;
  }
  out.push(`${sum}`);
  for (const i of range(3, 0, -1)) {
    out.push(`${i}`);
  }
  return Response.text(out.join("\n"));
}
