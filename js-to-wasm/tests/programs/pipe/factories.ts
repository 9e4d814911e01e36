// A function made by a call
function handler(): Response {
  const add = (n: number) => (m: number) => n + m;
  const repeat = (n: number) => (s: string) => s.repeat(n);
  const lines = [
    JSON.stringify(5 |> add(3)),
    JSON.stringify(5 |> add(3) |> add(10)),
    JSON.stringify("x" |> repeat(3)),
  ];
  return Response.text(lines.join("\n"));
}
