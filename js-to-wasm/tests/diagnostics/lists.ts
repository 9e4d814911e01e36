// What is no list
export const a = [...{ b: 1 }];
export const [b] = 5;
export const c = (n: number) => { for (const x of n) { console.log(x); } return n; };
export const d = Math.max(...3);
export const e = (s: string | undefined) => { for (const x of s) { console.log(x); } };
export const f = Map({ a: 1 });
export const g = Set(5);
export const h = Object.entries(5);
export const i = (o: { a: number }) => { for (const x of o) { console.log(x); } };
export function handler(req: Request): Response { return Response.text(req.path); }
