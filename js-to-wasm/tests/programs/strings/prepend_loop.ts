// Prepending many times
function handler(): Response {
  let s = "";
  for (const i of range(300)) {
    s = `${i},` + s;
  }
  const lines = [
    JSON.stringify(s.length),
    JSON.stringify(s.slice(0, 12)),
  ];
  return Response.text(lines.join("\n"));
}
