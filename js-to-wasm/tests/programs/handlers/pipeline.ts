// request: {"method":"POST","url":"/","body":"b a b c a b"}
import { pipe } from "purview:compose";

type Step<A, B> = (input: A) => B;
const compose = <A, B, C>(first: Step<A, B>, second: Step<B, C>): Step<A, C> => (input) => second(first(input));

const words: Step<string, string[]> = (text) => text.split(" ").filter((word) => word !== "");
const count: Step<string[], Record<string, number>> = (list) => {
  const counts: Record<string, number> = {};
  for (const word of list) {
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
};
const top = (limit: number) => (counts: Record<string, number>): [string, number][] =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, limit);

export function handler(req: Request): Response {
  const text = req.body ?? "the quick the lazy the dog";
  const analyse = compose(compose(words, count), top(2));
  const other = text |> words |> count |> top(1);
  const shout = pipe((s: string) => s.trim(), (s: string) => s.toUpperCase());
  return Response.json({ top: analyse(text), one: other, shout: shout(" a ") });
}
