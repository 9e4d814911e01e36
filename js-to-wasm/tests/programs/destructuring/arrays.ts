// Lists
function handler(): Response {
  const out: string[] = [];
  const [a, b] = [1, 2, 3];
  const [c, , d] = ["x", "y", "z"];
  const [e, f] = [1];
  out.push(`${a}${b}`, `${c}${d}`, `${e}${f}`);
  return Response.text(out.join("\n"));
}
