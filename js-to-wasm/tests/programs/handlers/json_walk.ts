// request: {"method": "POST", "url": "/", "body": "{\"a\":[1,2,{\"b\":\"x\"}],\"c\":true,\"d\":null}"}
type Json = string | number | boolean | undefined | Json[] | { [key: string]: Json };
type Stats = { strings: number; numbers: number; booleans: number; objects: number; lists: number; depth: number };
const EMPTY: Stats = { strings: 0, numbers: 0, booleans: 0, objects: 0, lists: 0, depth: 0 };
const add = (a: Stats, b: Stats): Stats => ({
  strings: a.strings + b.strings,
  numbers: a.numbers + b.numbers,
  booleans: a.booleans + b.booleans,
  objects: a.objects + b.objects,
  lists: a.lists + b.lists,
  depth: Math.max(a.depth, b.depth),
});
function walk(value: Json, depth = 1): Stats {
  if (value === undefined) return { ...EMPTY, depth };
  if (typeof value === "string") return { ...EMPTY, strings: 1, depth };
  if (typeof value === "number") return { ...EMPTY, numbers: 1, depth };
  if (typeof value === "boolean") return { ...EMPTY, booleans: 1, depth };
  if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1)).reduce(add, { ...EMPTY, lists: 1, depth });
  return Object.values(value).map((item) => walk(item, depth + 1)).reduce(add, { ...EMPTY, objects: 1, depth });
}
export function handler(req: Request): Response {
  const parsed = JSON.tryParse(req.body ?? "");
  return parsed.ok ? Response.json(walk(parsed.value)) : Response.json({ error: parsed.error }, { status: 400 });
}
