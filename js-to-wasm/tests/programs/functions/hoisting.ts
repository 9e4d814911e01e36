// A function may be called before its line
function handler(): Response {
  const early = late();
  function late(): string {
    return "late";
  }
  const lines = [
    JSON.stringify(early),
    JSON.stringify(late()),
  ];
  return Response.text(lines.join("\n"));
}
