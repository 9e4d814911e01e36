// match whose bodies are conditionals
function handler(): Response {
  const f = (n: number, b: boolean) => match (n) { when 1: b ? "1y" : "1n" default: b ? "dy" : "dn" };
  const lines = [
    JSON.stringify([f(1, true), f(1, false), f(2, true), f(2, false)]),
  ];
  return Response.text(lines.join("\n"));
}
