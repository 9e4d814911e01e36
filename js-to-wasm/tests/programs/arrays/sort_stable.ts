// Array: sort_stable
function handler(): Response {
  const list = "abcdefghijklmnopqrstuvwxyz".split("").map((name, i) => ({ name, key: i % 3 }));
  const lines = [
    JSON.stringify(list.toSorted((x, y) => x.key - y.key).map((item) => item.name).join("")),
    JSON.stringify(list.map((item) => item.name).join("")),
  ];
  return Response.text(lines.join("\n"));
}
