// Array: from
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from("ab😀")),
    JSON.stringify(Array.from([1, 2], (x) => x * 2)),
    JSON.stringify(Array.from({ length: 3 }, (_, i) => i * i)),
    JSON.stringify(Array.from(Set([1, 1, 2]))),
    JSON.stringify(Array.from(range(3))),
  ];
  return Response.text(lines.join("\n"));
}
