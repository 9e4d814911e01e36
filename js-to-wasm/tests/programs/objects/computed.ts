// Computed keys
function handler(): Response {
  const n = 7;
  const lines = [
    JSON.stringify({ [`k${n}`]: n, [n]: "n", ["x" + "y"]: true }),
  ];
  return Response.text(lines.join("\n"));
}
