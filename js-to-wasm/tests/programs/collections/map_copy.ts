// A copy of a map
function handler(): Response {
  const m = Map([["a", 1]]);
  const copy = Map(m);
  copy.set("b", 2);
  const lines = [
    JSON.stringify([...copy]),
    JSON.stringify([...m]),
  ];
  return Response.text(lines.join("\n"));
}
