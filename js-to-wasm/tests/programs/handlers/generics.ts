type Keyed<T> = { [key: string]: T };
type Entity = { id: string; updatedAt: number };
interface Repository<T extends Entity> {
  readonly name: string;
  findById: (id: string) => T | undefined;
  all: () => T[];
}

function createRepository<T extends Entity>(name: string, rows: T[]): Repository<T> {
  const byId = rows.reduce<Keyed<T>>((index, row) => ({ ...index, [row.id]: row }), {});
  return { name, findById: (id) => byId[id], all: () => Object.values(byId) };
}

const pluck = <T, K extends keyof T>(items: T[], key: K): T[K][] => items.map((item) => item[key]);
const maxBy = <T,>(items: readonly T[], score: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>((best, item) => (best === undefined || score(item) > score(best) ? item : best), undefined);
const zip = <A, B>(a: A[], b: B[]): [A, B][] => {
  const pairs: [A, B][] = [];
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right !== undefined) {
      pairs.push([left, right]);
    }
  }
  return pairs;
};
const memo = <A extends string | number, R>(f: (input: A) => R): ((input: A) => R) => {
  const known = Map<A, R>();
  return (input) => {
    const found = known.get(input);
    if (found !== undefined) {
      return found;
    }
    const made = f(input);
    known.set(input, made);
    return made;
  };
};

type Article = Entity & { title: string; likes: number };

export function handler(req: Request): Response {
  const articles = createRepository<Article>("articles", [
    { id: "a", updatedAt: 1, title: "One", likes: 3 },
    { id: "b", updatedAt: 2, title: "Two", likes: 9 },
  ]);
  const square = memo((n: number) => n * n);
  const titles = pluck(articles.all(), "title");
  const best = maxBy(articles.all(), (article) => article.likes);
  const pairs = zip(titles, [1, 2, 3]);
  return Response.json({ titles, best: best?.title ?? "none", pairs, four: square(2), found: articles.findById("a") !== undefined });
}
