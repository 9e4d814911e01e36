// Guards and what they leave
type A = { a: string };
type B = { b: number };
const isA = (x: A | B): x is A => "a" in x;
export const one = (x: A | B) => isA(x) ? x.b : x.a;
export const two = (x: A | B) => "b" in x ? x.a : x.b;
export const three = (x: string | number) => { if (typeof x === "string") { return x.toFixed(1); } return x.trim(); };
export const four = (x: string | string[]) => Array.isArray(x) ? x.trim() : x.join("");
export const five = (x?: string) => { const given = x !== undefined; return given ? x.length : x.length; };
export const six = (x: { v?: number }) => { if (x.v === undefined) { return 0; } x.v = undefined; return x.v + 1; };
export const seven = (list: (string | undefined)[]) => list.filter((x) => x !== undefined).map((x) => x.missing);
export const eight = (x: "a" | "b" | 1) => { if (x === 1) { return x.length; } return x.toFixed(1); };
export function handler(req: Request): Response { return Response.text(req.path); }
