// Division by zero
function handler(): Response {
  const lines = [
    `${1 / 0}`,
    `${-1 / 0}`,
    `${0 / 0}`,
    `${1 % 0}`,
    `${1 / -0}`,
    `${0 % 5}`,
  ];
  return Response.text(lines.join("\n"));
}
