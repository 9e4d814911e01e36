// Fields
type Cat = { kind: "cat"; lives: number };
type Dog = { kind: "dog"; tricks: string[] };
type User = { readonly id: string; name: string; age?: number };
export const a = (cat: Cat) => cat.live;
export const b = (pet: Cat | Dog) => pet.lives;
export const c = "abc".size;
export const d = [1].lenght;
export const e = (user: User) => { user.id = "b"; return user; };
export const f: User = { id: "a", name: "b", nmae: "c" };
export const g: User = { id: "a", name: "b", email: "c" };
export const h = (user: User) => user.age + 1;
export const i = (user: User) => user.age.toFixed(1);
export const j = (list: readonly string[]) => { list[0] = "a"; return list; };
export const k = (list: readonly string[]) => list.push("a");
export const l = (list: string[]) => list["first"];
export const m = Math.PI.value;
export const { x, y } = { x: 1, z: 2 };
export const n = (req: Request) => req.heders;
export const o = Response.json({}, { code: 404 });
export const p = Response.text("a", { status: "404" });
export const q = (pet: Cat | Dog) => pet.kind === "bird";
export const r = (pet: Cat | Dog) => pet.kind === "cat" ? pet.tricks : [];
export function handler(req: Request): Response { return Response.text(req.path); }
