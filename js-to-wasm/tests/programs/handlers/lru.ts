type Entry<V> = { value: V; expires: number };
type Store<V> = {
  get: (key: string) => V | undefined;
  set: (key: string, value: V, ttl?: number) => void;
  size: () => number;
};

const createStore = <V,>(now: () => number, max = 3): Store<V> => {
  const entries = Map<string, Entry<V>>();
  return {
    get: (key) => {
      const found = entries.get(key);
      if (found === undefined) {
        return undefined;
      }
      if (found.expires < now()) {
        entries.delete(key);
        return undefined;
      }
      return found.value;
    },
    set: (key, value, ttl = 60) => {
      if (entries.size >= max && !entries.has(key)) {
        const oldest = [...entries.keys()][0];
        if (oldest !== undefined) {
          entries.delete(oldest);
        }
      }
      entries.set(key, { value, expires: now() + ttl });
    },
    size: () => entries.size,
  };
};

export function handler(req: Request): Response {
  const store = createStore<number>(() => 10);
  for (const [index, name] of ["a", "b", "c", "d"].entries()) {
    store.set(name, index);
  }
  return Response.json({ a: store.get("a") ?? null_value(), d: store.get("d") ?? -1, size: store.size() });
}

function null_value(): string {
  return "gone";
}
