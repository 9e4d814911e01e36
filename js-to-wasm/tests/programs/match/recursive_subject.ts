// match whose subject calls its own function
function handler(): Response {
  const count = (n: number): number => match (n > 0 ? count(n - 1) : 0) { when 0: 1 when 1: 2 when 2: 4 default: 100 + n };
  const lines = [
    JSON.stringify(count(5)),
  ];
  return Response.text(lines.join("\n"));
}
