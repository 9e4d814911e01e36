// Text and numbers beside +
function handler(): Response {
  const lines = [
    JSON.stringify("a" + 1),
    JSON.stringify(1 + "a"),
    JSON.stringify("a" + 1.5 + true),
    JSON.stringify(1 + 2 + "3"),
    JSON.stringify("n: " + -0),
    JSON.stringify("x" + undefined),
    JSON.stringify("" + 1e21),
    JSON.stringify("" + NaN),
  ];
  return Response.text(lines.join("\n"));
}
