// Operands that would be converted, and comparisons that say nothing
export const a = "5" * 2;
export const b = 10 - "2";
export const c = [1] + [2];
export const d = `${{ a: 1 }}`;
export const e = "a" + [1];
export const f = -"5";
export const g = 1 < "2";
export const h = (text: string, count: number) => text < count;
export const i = (count: number) => count === "1";
export const j = (flag: boolean) => flag === 1;
export const k = true + 1;
export const l = { a: 1 } > 1;
export const m = "a" in "abc";
export const n = (color: "red" | "green") => color === "blue";
export function o(count: number): string { switch (count) { case "1": return "one"; default: return "many"; } }
export const p = (color: "red" | "green") => match (color) { when "red": 1 when "blue": 2 default: 3 };
export const q = (x: number, y: string) => x % y;
export const r = (x: number) => { let n = x; n += "1"; return n; };
export const s = (f: () => number) => f + 1;
export const t = (a: string[], b: string[]) => a - b;
export function handler(req: Request): Response { return Response.text(req.path); }
