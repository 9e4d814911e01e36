// String(value)
function handler(): Response {
  const lines = [
    JSON.stringify(String(1)),
    JSON.stringify(String(true)),
    JSON.stringify(String(undefined)),
    JSON.stringify(String("a")),
    JSON.stringify(String(-1.5)),
    JSON.stringify(String(1e300)),
  ];
  return Response.text(lines.join("\n"));
}
