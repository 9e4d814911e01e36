// Calls and results
import { sha256 } from "purview:crypto";
import { cacheSet } from "purview:cache";
const add = (a: number, b: number): number => a + b;
const greet = (name: string, title?: string): string => `${title ?? ""} ${name}`;
const all = (...values: number[]): number => values.length;
function pick<T extends { id: string }>(list: T[], id: string): T | undefined { return list.find((one) => one.id === id); }
export const a = add(1);
export const b = add(1, 2, 3);
export const c = add("1", 2);
export const d = greet(5);
export const e = greet("a", 1);
export const f = all(1, "2");
export const g = sha256(1);
export const h = cacheSet("a", "b", { c: 1 });
export const i = pick([{ name: "a" }], "b");
export const j = (5)();
export const k = { a: 1 }.a();
export const l = [1, 2].map((n) => n.toUpperCase());
export const m = ["a"].map((s: number) => s + 1);
export const n = "abc".split(1);
export const o = parseInt(5);
export function p(a: boolean): number { if (a) { return 1; } }
export function q(): string { return 1; }
export function r(): number { return; }
export const s = (x: string): number => x;
export const t = Math.max("1", 2);
export const u = [3, 1].sort((a, b) => a < b);
export function handler(req: Request): Response { return Response.text(req.path); }
