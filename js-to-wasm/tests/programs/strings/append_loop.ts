// Appending many times
function handler(): Response {
  let s = "";
  for (const i of range(2000)) {
    s = s + `${i},`;
  }
  const lines = [
    JSON.stringify(s.length),
    JSON.stringify(s.slice(0, 12)),
    JSON.stringify(s.slice(-6)),
  ];
  return Response.text(lines.join("\n"));
}
