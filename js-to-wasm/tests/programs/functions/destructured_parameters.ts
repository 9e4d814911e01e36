// Destructuring in parameters
function handler(): Response {
  const f = ({ a, b: { c } }: { a: number; b: { c: number } }) => a + c;
  const g = ([first, , third]: number[]) => (first ?? 0) + (third ?? 0);
  const k = ({ name, size = 7 }: { name: string; size?: number }) => `${name}${size}`;
  const lines = [
    JSON.stringify(f({ a: 1, b: { c: 2 } })),
    JSON.stringify(g([1, 2, 3])),
    JSON.stringify(k({ name: "x" })),
    JSON.stringify(k({ name: "x", size: 2 })),
  ];
  return Response.text(lines.join("\n"));
}
