// exp, expm1, cosh, sinh, tanh at the points where an algorithm changes
function handler(): Response {
  const at = [0, 1, -1, 0.5, 2, 10, -10, 0.34657, 22, 709, -745];
  const lines = [
    at.map((x) => Math.exp(x)).join(" "),
    at.map((x) => Math.expm1(x)).join(" "),
    at.map((x) => Math.cosh(x)).join(" "),
    at.map((x) => Math.sinh(x)).join(" "),
    at.map((x) => Math.tanh(x)).join(" "),
  ];
  return Response.text(lines.join("\n"));
}
