// How `|>` binds
function handler(): Response {
  const double = (n: number) => n * 2;
  const lines = [
    JSON.stringify(1 + 2 |> double),
    JSON.stringify((true ? 5 : 6) |> double),
    JSON.stringify(true ? (5 |> double) : 6),
    JSON.stringify(1 < 2 |> String),
    JSON.stringify(double(2) + (3 |> double)),
  ];
  return Response.text(lines.join("\n"));
}
