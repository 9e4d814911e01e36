// Strings are equal by content
function handler(): Response {
  const a: string = "a";
  const composed: string = "é";
  const lines = [
    JSON.stringify("ab" === "a" + "b"),
    JSON.stringify("ab" !== "ab"),
    JSON.stringify(a === "A"),
    JSON.stringify(composed === "e\u0301"),
    JSON.stringify("" === ""),
  ];
  return Response.text(lines.join("\n"));
}
