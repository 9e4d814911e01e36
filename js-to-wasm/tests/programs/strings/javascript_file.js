// A program in plain JavaScript
function handler() {
  const lines = [
    JSON.stringify("abc".toUpperCase()),
    JSON.stringify(["a", "b"].join("")),
    JSON.stringify(`${1 + 1}`),
  ];
  return Response.text(lines.join("\n"));
}
