// Types that are not there
type Box<T> = { value: T };
type Pair<A, B = string> = { a: A; b: B };
export const a: Strng = "a";
export const b: Box = { value: 1 };
export const c: Box<number, string> = { value: 1 };
export const d: Pair<number> = { a: 1, b: 2 };
export const e: Respons = Response.text("a");
export const f: String = "a";
export const g = (x: Missing) => x;
interface Known { b: string }
interface Base extends Absent, Known { a: number }
export const h = (base: Base) => base.a + base.b;
export const i = <T extends string>(x: T): T => x;
export const j = i<number>(1);
export function handler(req: Request): Response { return Response.text(req.path); }
