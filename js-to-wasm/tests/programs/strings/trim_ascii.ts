// String: trim, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify((" \t" + "hello world" + "\n ").trim()),
    JSON.stringify("\u00a0 a \ufeff".trim()),
    JSON.stringify("".trim()),
  ];
  return Response.text(lines.join("\n"));
}
