// Loops over maps and sets
function handler(): Response {
  const out: string[] = [];
  for (const [key, value] of Map([["a", 1], ["b", 2]])) {
    out.push(`${key}${value}`);
  }
  for (const value of Set([3, 3, 4])) {
    out.push(`${value}`);
  }
  return Response.text(out.join("\n"));
}
