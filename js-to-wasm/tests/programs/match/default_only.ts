// match with default alone
function handler(): Response {
  const f = (n: number) => match (n) { default: n * 2 };
  const lines = [
    JSON.stringify(f(1)),
  ];
  return Response.text(lines.join("\n"));
}
