// Escapes in string literals
function handler(): Response {
  const lines = [
    JSON.stringify("a\nb\tc\rd"),
    JSON.stringify("\x41\u0042\u{43}\u{1f600}"),
    JSON.stringify("\\ \" \'"),
    JSON.stringify('it"s'),
    JSON.stringify("\0".length),
    JSON.stringify("\b\f\v"),
    JSON.stringify("line \
continued"),
  ];
  return Response.text(lines.join("\n"));
}
