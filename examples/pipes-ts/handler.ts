// Pipes and array functions: `value |> f` is `f(value)`, so steps stand in the order in which they happen.
type Count = { word: string; times: number };

const lines = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
const words = (text: string): string[] => text.toLowerCase().split(" ").map(bare).filter((word) => word !== "");
const bare = (word: string): string => [".", ",", "!", "?"].reduce((rest, mark) => rest.replaceAll(mark, ""), word);

function count(list: string[]): Count[] {
  const distinct = list.filter((word, at) => list.indexOf(word) === at);
  return distinct.map((word) => ({ word, times: list.filter((other) => other === word).length }));
}

const byFrequency = (list: Count[]): Count[] =>
  list.toSorted((a, b) => (a.times === b.times ? (a.word < b.word ? -1 : 1) : b.times - a.times));

const top = (most: number) => (list: Count[]): Count[] => list.slice(0, most);

const average = (list: string[]): number => list.reduce((sum, word) => sum + word.length, 0) / list.length;

export function handler(request: Request): Response {
  if (request.method !== "POST") {
    return Response.text("POST a text\n", { status: 405, headers: { allow: "POST" } });
  }
  const text = request.text();
  const all = text |> lines |> ((list) => list.flatMap(words));
  if (all.length === 0) {
    return Response.json({ lines: 0, words: 0 });
  }
  return Response.json({
    lines: (text |> lines).length,
    words: all.length,
    longest: all.toSorted((a, b) => b.length - a.length)[0],
    average: Math.round(average(all) * 100) / 100,
    top: all |> count |> byFrequency |> top(3),
    capitals: all.map((word) => word.slice(0, 1).toUpperCase()).join(""),
    squares: [...range(1, 6)].map((n) => n ** 2),
  });
}
