// JSON.parse: deep nesting
function handler(): Response {
  const text = "[".repeat(200) + "]".repeat(200);
  const lines = [
    JSON.stringify(text.length),
    JSON.stringify(JSON.stringify(JSON.parse(text)) === text),
  ];
  return Response.text(lines.join("\n"));
}
