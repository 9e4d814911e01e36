// Distance of two words
const distance = (a: string, b: string): number => {
  let row = range(b.length + 1);
  for (const i of range(a.length)) {
    const next = [i + 1];
    for (const j of range(b.length)) {
      const cost = a[i] === b[j] ? 0 : 1;
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
function handler(): Response {
  const lines = [
    JSON.stringify(distance("kitten", "sitting")),
    JSON.stringify(distance("", "abc")),
    JSON.stringify(distance("same", "same")),
  ];
  return Response.text(lines.join("\n"));
}
