// Halves of a surrogate pair meet and part
function handler(): Response {
  const lines = [
    JSON.stringify(("\ud83d" + "\ude00").length),
    JSON.stringify("\ud83d" + "\ude00" === "😀"),
    JSON.stringify("😀".slice(0, 1) + "😀".slice(1) === "😀"),
    JSON.stringify("a😀".charCodeAt(1)),
    JSON.stringify("a😀".charCodeAt(2)),
    JSON.stringify("😀".slice(0, 1).length),
    JSON.stringify("\ud83d"),
  ];
  return Response.text(lines.join("\n"));
}
