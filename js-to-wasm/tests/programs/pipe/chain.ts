// A chain of functions
function handler(): Response {
  const double = (n: number) => n * 2;
  const inc = (n: number) => n + 1;
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const lines = [
    JSON.stringify(3 |> double |> inc),
    JSON.stringify([1, 2] |> sum),
    JSON.stringify("a" |> ((s: string) => s + "!")),
  ];
  return Response.text(lines.join("\n"));
}
