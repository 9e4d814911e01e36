// Bounds that are no whole numbers
function handler(): Response {
  const lines = [
    JSON.stringify("abcdef".slice(1.7, 3.2)),
    JSON.stringify("abcdef".slice(NaN, 2)),
    JSON.stringify("abcdef".charAt(2.9)),
    JSON.stringify("abcdef".substring(Infinity, 1)),
    JSON.stringify("abcdef".indexOf("c", 1.5)),
  ];
  return Response.text(lines.join("\n"));
}
