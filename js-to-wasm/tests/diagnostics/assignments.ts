// Values where another type was declared
distinct type UserId = string;
type Color = "red" | "green" | "blue";
type Point = { x: number; y: number };
interface Shape { name: string; corners: Point[] }
export const count: number = "1";
export const color: Color = "gren";
export const point: Point = { x: 1 };
export const shape: Shape = { name: "a", corners: [{ x: 1, y: "2" }] };
export const id: UserId = "u1";
export const pair: [string, number] = ["a", "b"];
export const names: string[] = ["a", 1];
export const table: Record<string, number> = { a: 1, b: true };
export const path: `/${string}` = "users";
export const late: number = req_count();
function req_count(): string { return "1"; }
export const choose = (yes: boolean): Color => yes ? "red" : "yellow";
let total = 0;
total = "many";
export const read = (): number => total;
export function handler(req: Request): Response { return Response.text(req.path); }
