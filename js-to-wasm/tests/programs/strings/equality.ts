// Strings are equal by content
function handler(): Response {
  const lines = [
    JSON.stringify("ab" === "a" + "b"),
    JSON.stringify("ab" !== "ab"),
    JSON.stringify("a" === "A"),
    JSON.stringify("é" === "e\u0301"),
    JSON.stringify("" === ""),
  ];
  return Response.text(lines.join("\n"));
}
