// A change is seen through every name
function handler(): Response {
  const a = { n: 1 };
  const list = [a, a];
  const first = list[0];
  if (first !== undefined) {
    first.n = 5;
  }
  const lines = [
    JSON.stringify(a),
    JSON.stringify(list),
  ];
  return Response.text(lines.join("\n"));
}
