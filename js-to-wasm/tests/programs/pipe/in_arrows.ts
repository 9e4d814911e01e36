// Pipes as bodies of arrows
function handler(): Response {
  const double = (n: number) => n * 2;
  const lines = [
    JSON.stringify([1, 2].map((n) => n |> double |> String)),
    JSON.stringify(((n: number) => n |> double)(4)),
  ];
  return Response.text(lines.join("\n"));
}
