// A chain over several lines
function handler(): Response {
  const result = " A, B ,C "
    |> ((s: string) => s.split(","))
    |> ((list: string[]) => list.map((s) => s.trim().toLowerCase()))
    |> ((list: string[]) => list.join("-"));
  const lines = [
    JSON.stringify(result),
  ];
  return Response.text(lines.join("\n"));
}
