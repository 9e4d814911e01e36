// request: {"url":"/?text=the+cat+and+the+dog+and+a+bird"}
const STOP = Set(["the", "a", "of"]);
function tokenize(text) {
  return text.toLowerCase().split(" ").map((word) => word.trim()).filter((word) => word.length > 0);
}
function frequencies(words) {
  const counts = Map();
  for (const word of words) {
    if (STOP.has(word)) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
const sorted = (counts) =>
  [...counts.entries()].toSorted((a, b) => {
    if (a[1] !== b[1]) return b[1] - a[1];
    return a[0] < b[0] ? -1 : 1;
  });
function handler(req) {
  const words = tokenize(req.query.text ?? "");
  return Response.json({ words: words.length, top: sorted(frequencies(words)).slice(0, 3) });
}
