// Array: parse_numbers
function handler(): Response {
  const lines = [
    JSON.stringify(["1", "2", "x"].map(Number).map((n) => `${n}`)),
    JSON.stringify(["10", "20"].map((s) => parseInt(s, 10))),
  ];
  return Response.text(lines.join("\n"));
}
