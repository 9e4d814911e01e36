// request: {"url":"/list?page=2&size=5"}
type Page<T> = { items: T[]; page: number; pages: number; next?: number; previous?: number };

function paginate<T>(items: readonly T[], page: number, size: number): Page<T> {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const current = Math.min(Math.max(1, page), pages);
  const result: Page<T> = { items: items.slice((current - 1) * size, current * size), page: current, pages };
  if (current < pages) {
    result.next = current + 1;
  }
  if (current > 1) {
    result.previous = current - 1;
  }
  return result;
}

const intParam = (value: string | undefined, fallback: number): number => {
  const parsed = value === undefined ? NaN : parseInt(value, 10);
  return Number.isFinite(parsed) ? parsed : fallback;
};

export const handler = (req: Request) => {
  const items = Array.from({ length: 42 }, (_, index) => ({ id: index + 1, name: `Item ${index + 1}` }));
  const result = paginate(items, intParam(req.query.page, 1), intParam(req.query.size, 10));
  const links: string[] = [];
  if (result.next !== undefined) links.push(`<${req.path}?page=${result.next}>; rel="next"`);
  if (result.previous !== undefined) links.push(`<${req.path}?page=${result.previous}>; rel="prev"`);
  return Response.json(result, { headers: { link: links.join(", ") } });
};
