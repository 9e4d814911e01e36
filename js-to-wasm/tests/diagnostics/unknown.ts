// Values that must be looked at
export const a = (x: unknown) => x.name;
export const b = (x: unknown) => x + 1;
export const c = (x: unknown) => [...x];
export const d = (x: unknown): string => x;
export const e = (x: unknown) => { const { name } = x; return name; };
export const f = (x: unknown) => x();
export const g = (x: unknown) => typeof x === "string" ? x.length : x.length;
export const h = (x: unknown) => x[0];
const isUser = (x: unknown): x is { name: string } => typeof x === "object";
export const i = (x: unknown) => isUser(x) ? x.nme : "";
export function handler(req: Request): Response { return Response.text(req.path); }
