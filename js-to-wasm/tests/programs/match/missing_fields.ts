// match where a field is missing
function handler(): Response {
  type O = { a?: number; "b-c"?: string };
  const f = (o: O) => match (o) { when { a: 1 }: "one" when { "b-c": "x" }: "x" when { a: undefined }: "no a" default: "other" };
  const lines = [
    JSON.stringify(f({})),
    JSON.stringify(f({ a: 1 })),
    JSON.stringify(f({ a: 2 })),
    JSON.stringify(f({ "b-c": "x" })),
  ];
  return Response.text(lines.join("\n"));
}
