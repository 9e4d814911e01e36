// Array: sort_default
function handler(): Response {
  const lines = [
    JSON.stringify([10, 9, 1, 100].sort()),
    JSON.stringify(["b", "a", "C"].sort()),
    JSON.stringify(["é", "z", "a", "😀", "\uff5e"].sort()),
    JSON.stringify([true, false].sort()),
    JSON.stringify([].sort()),
  ];
  return Response.text(lines.join("\n"));
}
