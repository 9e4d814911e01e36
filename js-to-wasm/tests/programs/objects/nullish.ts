// `??` takes what is not undefined
function handler(): Response {
  const a: number | undefined = [1][5];
  const b: string | undefined = ["x"][5];
  const lines = [
    JSON.stringify(a ?? 1),
    JSON.stringify(0 ?? 1),
    JSON.stringify("" ?? "x"),
    JSON.stringify(false ?? true),
    `${a ?? b ?? "last"}`,
    JSON.stringify((a ?? 2) + 1),
  ];
  return Response.text(lines.join("\n"));
}
