// Types and refusals side by side
class A { x = 1; }
var old = 1;
while (true) { old++; }
export const a = null;
export const b = old == 1;
export const c: any = 1;
export const d = { x: 1 } as { x: number };
try { old = 2; } catch (e) { old = 3; }
export const e: number = "a";
export function handler(req: Request): Response { return Response.text(req.path); }
