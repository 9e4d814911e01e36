// Counting words
function handler(): Response {
  const counts: Record<string, number> = {};
  for (const word of "the cat and the dog and the bird".split(" ")) {
    counts[word] = (counts[word] ?? 0) + 1;
  }
  const lines = [
    JSON.stringify(Object.entries(counts)),
  ];
  return Response.text(lines.join("\n"));
}
