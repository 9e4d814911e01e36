// A field that is not there
function handler(): Response {
  const o: { a: number; b?: string } = { a: 1 };
  const lines = [
    `${o.b}`,
    JSON.stringify(o.b === undefined),
    JSON.stringify(o.b ?? "none"),
  ];
  return Response.text(lines.join("\n"));
}
