// JSON.stringify: a large list
function handler(): Response {
  const text = JSON.stringify(range(500).map((id) => ({ id, name: `item ${id}`, ok: id % 2 === 0, score: id / 3 })));
  const lines = [
    JSON.stringify(text.length),
    JSON.stringify(text.slice(0, 60)),
    JSON.stringify(text.slice(-30)),
  ];
  return Response.text(lines.join("\n"));
}
