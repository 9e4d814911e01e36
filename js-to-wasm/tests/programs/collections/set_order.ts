// Set keeps the order of insertion
function handler(): Response {
  const s = Set(["c", "a", "b"]);
  s.delete("c");
  s.add("c");
  s.add("a");
  const lines = [
    JSON.stringify([...s]),
  ];
  return Response.text(lines.join("\n"));
}
