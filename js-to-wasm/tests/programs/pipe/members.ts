// Functions of objects
function handler(): Response {
  const ops = { double: (n: number) => n * 2 };
  const lines = [
    JSON.stringify(4 |> ops.double),
    JSON.stringify(-5 |> Math.abs |> ops.double),
    JSON.stringify(["b", "a"] |> JSON.stringify),
  ];
  return Response.text(lines.join("\n"));
}
