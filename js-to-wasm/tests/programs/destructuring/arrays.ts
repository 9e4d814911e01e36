// Lists
function handler(): Response {
  const out: string[] = [];
  const [a, b] = [1, 2, 3];
  const [c, , d] = ["x", "y", "z"];
  const one: number[] = [1];
  const [e, f] = one;
  out.push(`${a}${b}`, `${c}${d}`, `${e}${f}`);
  return Response.text(out.join("\n"));
}
