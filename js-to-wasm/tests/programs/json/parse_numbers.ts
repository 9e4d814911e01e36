// JSON.parse: numbers
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.parse("[0, -0, 1e3, 1E-2, 123456789012345678901234567890, 0.1, 5e-324, 1e400, -1e400]")),
    `${JSON.parse("1e400")}`,
  ];
  return Response.text(lines.join("\n"));
}
