// JSON.stringify: escapes in text and keys
function handler(): Response {
  const lines = [
    JSON.stringify("\"\\/"),
    JSON.stringify("\n\r\t\b\f"),
    JSON.stringify("\u0000\u001f\u007f"),
    JSON.stringify("\u2028\u2029"),
    JSON.stringify("ü世😀"),
    JSON.stringify("\ud800"),
    JSON.stringify("</script>"),
    JSON.stringify({ "k\"\n": 1, "\ud83d": 2 }),
  ];
  return Response.text(lines.join("\n"));
}
