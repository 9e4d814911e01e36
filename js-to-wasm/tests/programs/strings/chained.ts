// Chained methods
function handler(): Response {
  const lines = [
    JSON.stringify(" A,b ;C ".trim().toLowerCase().replaceAll(";", ",").split(",").map((part) => part.trim()).join("|")),
    JSON.stringify("hello".split("").toReversed().join("")),
  ];
  return Response.text(lines.join("\n"));
}
