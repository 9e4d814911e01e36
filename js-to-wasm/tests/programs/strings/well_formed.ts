// String: isWellFormed and toWellFormed
function handler(): Response {
  const lines = [
    JSON.stringify("a😀".isWellFormed()),
    JSON.stringify("\ud83d".isWellFormed()),
    JSON.stringify("a\ud83d".toWellFormed() === "a\ufffd"),
  ];
  return Response.text(lines.join("\n"));
}
