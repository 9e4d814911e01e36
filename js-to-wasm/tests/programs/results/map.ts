// Mapping results
function handler(): Response {
  const number = (s: string) => Number.isNaN(Number(s)) ? Result.err(`no number: ${s}`) : Result.ok(Number(s));
  const double = (s: string) => number(s).map((n) => n * 2).mapErr((e) => e.toUpperCase());
  const lines = [
    JSON.stringify(double("4")),
    JSON.stringify(double("x")),
    JSON.stringify(double("4").map((n) => `${n}`).unwrapOr("none")),
  ];
  return Response.text(lines.join("\n"));
}
