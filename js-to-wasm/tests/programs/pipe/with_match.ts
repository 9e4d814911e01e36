// Pipes and match
function handler(): Response {
  const double = (n: number) => n * 2;
  const f = (n: number) => match (n |> double) { when 2: n |> double |> String default: "other" };
  const lines = [
    JSON.stringify(f(1)),
    JSON.stringify(f(2)),
  ];
  return Response.text(lines.join("\n"));
}
