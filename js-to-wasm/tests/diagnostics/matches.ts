// Matches that find nothing
type Shape = { kind: "circle"; r: number } | { kind: "square"; side: number };
const a = (c: "x" | "y" | "z"): number => match (c) { when "x": 1 when "y": 2 };
const b = (c: string) => match (c) { when "x": 1 };
const c = (s: Shape) => match (s) { when { kind: "circle" }: s.r };
const d = (s: Shape) => match (s) { when { kind: "circle" }: s.side when { kind: "square" }: s.side };
const e = (f: boolean) => match (f) { when true: 1 };
const f = (n: number | undefined) => match (n) { when undefined: 0 };
const g = (s: Shape) => match (s.kind) { when "circle": 1 when "triangle": 2 default: 3 };
export function handler(): Response {
  return Response.json([a("x"), b("x"), c({ kind: "circle", r: 1 }), d({ kind: "circle", r: 1 }), e(true), f(1), g({ kind: "square", side: 1 })]);
}
