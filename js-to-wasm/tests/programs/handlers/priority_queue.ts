type Heap<T> = { items: T[]; before: (a: T, b: T) => boolean };
const heap = <T,>(before: (a: T, b: T) => boolean): Heap<T> => ({ items: [], before });
const swap = <T,>(items: T[], a: number, b: number): void => {
  const [x, y] = [items[a], items[b]];
  if (x === undefined || y === undefined) return;
  items[a] = y;
  items[b] = x;
};
const up = <T,>({ items, before }: Heap<T>, at: number): void => {
  if (at === 0) return;
  const parent = Math.floor((at - 1) / 2);
  const [child, above] = [items[at], items[parent]];
  if (child === undefined || above === undefined || !before(child, above)) return;
  swap(items, at, parent);
  up({ items, before }, parent);
};
const down = <T,>({ items, before }: Heap<T>, at: number): void => {
  let best = at;
  for (const child of [2 * at + 1, 2 * at + 2]) {
    const [candidate, current] = [items[child], items[best]];
    if (candidate !== undefined && current !== undefined && before(candidate, current)) best = child;
  }
  if (best === at) return;
  swap(items, at, best);
  down({ items, before }, best);
};
const push = <T,>(queue: Heap<T>, item: T): Heap<T> => {
  queue.items.push(item);
  up(queue, queue.items.length - 1);
  return queue;
};
const pop = <T,>(queue: Heap<T>): T | undefined => {
  const top = queue.items[0];
  const last = queue.items.pop();
  if (last !== undefined && queue.items.length > 0) {
    queue.items[0] = last;
    down(queue, 0);
  }
  return top;
};
export function handler(req: Request): Response {
  const queue = heap<{ name: string; due: number }>((a, b) => a.due < b.due);
  [5, 3, 8, 1, 4].forEach((due) => push(queue, { name: `job-${due}`, due }));
  const order = range(6).map(() => pop(queue)?.name ?? "empty");
  return Response.json(order);
}
