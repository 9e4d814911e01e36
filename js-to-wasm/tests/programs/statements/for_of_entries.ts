// Loops over entries
function handler(): Response {
  const out: string[] = [];
  for (const [i, s] of ["a", "b"].entries()) {
    out.push(`${i}${s}`);
  }
  for (const [key, value] of Object.entries({ x: 1, y: 2 })) {
    out.push(`${key}=${value}`);
  }
  for (const { name, n = 5 } of [{ name: "p" }, { name: "q", n: 1 }]) {
    out.push(`${name}${n}`);
  }
  return Response.text(out.join("\n"));
}
