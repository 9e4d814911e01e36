// Array: join
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.join()),
    JSON.stringify(a.join("")),
    JSON.stringify(a.join(" - ")),
    JSON.stringify([].join(",")),
    JSON.stringify([1].join(",")),
    JSON.stringify(["a", undefined, "b"].join("|")),
    JSON.stringify([[1, 2], [3]].map((inner) => inner.join("+")).join(";")),
  ];
  return Response.text(lines.join("\n"));
}
