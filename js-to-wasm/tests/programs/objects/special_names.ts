// Fields with unusual names
function handler(): Response {
  const lines = [
    JSON.stringify({ "": 1, " ": 2, "a.b": 3, "ü": 4, "😀": 5 }),
    JSON.stringify({ if: 1, class: 2, default: 3, match: 4 }.class),
    JSON.stringify({ toString: 1, valueOf: 2 }),
    JSON.stringify({ "with \"quotes\"": 1 }),
  ];
  return Response.text(lines.join("\n"));
}
