// request: {"url":"/?n=3"}
type Vec = readonly [number, number, number];
type Matrix = readonly [Vec, Vec, Vec];

const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const column = (m: Matrix, i: 0 | 1 | 2): Vec => [m[0][i], m[1][i], m[2][i]];
const multiply = (a: Matrix, b: Matrix): Matrix => {
  const row = (v: Vec): Vec => [dot(v, column(b, 0)), dot(v, column(b, 1)), dot(v, column(b, 2))];
  return [row(a[0]), row(a[1]), row(a[2])];
};
const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

export function handler(req: Request): Response {
  const n = Number(req.query.n ?? "2");
  const scale: Matrix = [[n, 0, 0], [0, n, 0], [0, 0, 1]];
  const power = range(3).reduce((m: Matrix) => multiply(m, scale), identity);
  const [first, , third] = power;
  return Response.json({ power, first, third, trace: power[0][0] + power[1][1] + power[2][2] });
}
