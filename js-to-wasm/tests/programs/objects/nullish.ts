// `??` takes what is not undefined
function handler(): Response {
  const a: number | undefined = [1][5];
  const b: string | undefined = ["x"][5];
  const zero: number | undefined = 0;
  const empty: string | undefined = "";
  const no: boolean | undefined = false;
  const lines = [
    JSON.stringify(a ?? 1),
    JSON.stringify(zero ?? 1),
    JSON.stringify(empty ?? "x"),
    JSON.stringify(no ?? true),
    `${a ?? b ?? "last"}`,
    JSON.stringify((a ?? 2) + 1),
  ];
  return Response.text(lines.join("\n"));
}
