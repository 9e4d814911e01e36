// A long text beyond ASCII
function handler(): Response {
  const t = range(400).map((n) => `${n}ü`).join("");
  const lines = [
    JSON.stringify(t.length),
    JSON.stringify(t.charAt(1234)),
    JSON.stringify(t.indexOf("7", 900)),
    JSON.stringify(t.slice(777, 781)),
    JSON.stringify(t.split("ü").length),
  ];
  return Response.text(lines.join("\n"));
}
