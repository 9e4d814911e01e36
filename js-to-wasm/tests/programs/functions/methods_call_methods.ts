// Methods that use each other
function handler(): Response {
  const calc = { double: (n: number) => n * 2, square(n: number) { return n * n; } };
  const lines = [
    JSON.stringify(calc.square(calc.double(3))),
  ];
  return Response.text(lines.join("\n"));
}
