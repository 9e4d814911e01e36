// Generic functions and utility types
type User = { id: string; name: string; age: number };
const wrap = <T,>(value: T): { value: T } => ({ value });
const merge = <A, B>(a: A, b: B): A & B => ({ ...a, ...b });
const key = <T, K extends keyof T>(object: T, name: K): T[K] => object[name];
export const a = wrap(1).value.trim();
export const b: Pick<User, "id"> = { id: "a", name: "b" };
export const c: Omit<User, "age"> = { id: "a" };
export const d: Partial<User> = { id: 1 };
export const e: Required<{ a?: number }> = {};
export const f = (user: Readonly<User>) => { user.name = "b"; return user; };
export const g: Record<"a" | "b", number> = { a: 1 };
export const h = key({ a: 1 }, "b");
export const i: Map<string, number> = Map([["a", "b"]]);
export const j: Set<number> = Set(["a"]);
export const k = merge({ a: 1 }, { b: 2 }).c;
export const l: ReturnType<typeof wrap> = 5;
export const m: User["age"] = "5";
export const n: keyof User = "email";
export function handler(req: Request): Response { return Response.text(req.path); }
