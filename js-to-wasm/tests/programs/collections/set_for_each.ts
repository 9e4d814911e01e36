// Set: forEach and values
function handler(): Response {
  const out: number[] = [];
  Set([5, 6]).forEach((value) => {
    out.push(value * 2);
  });
  const lines = [
    JSON.stringify(out),
    JSON.stringify([...Set([1, 2]).values()]),
    JSON.stringify([...Set(["x"]).entries()]),
  ];
  return Response.text(lines.join("\n"));
}
