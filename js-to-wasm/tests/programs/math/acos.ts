// Math.acos
function handler(): Response {
  const lines = [
    JSON.stringify(Math.acos(0)),
    JSON.stringify(Math.acos(0.5).toFixed(10)),
    JSON.stringify(Math.acos(-0.25).toFixed(10)),
    JSON.stringify(Math.acos(1).toFixed(10)),
    `${Math.acos(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
