// parseInt
function handler(): Response {
  const lines = [
    JSON.stringify(parseInt("42")),
    JSON.stringify(parseInt("42px")),
    JSON.stringify(parseInt("  7 ")),
    JSON.stringify(parseInt("0x1f")),
    JSON.stringify(parseInt("11", 2)),
    JSON.stringify(parseInt("z", 36)),
    `${parseInt("")}`,
    `${parseInt("abc")}`,
    JSON.stringify(parseInt("-12.9")),
    JSON.stringify(parseInt("1e3")),
    JSON.stringify(Number.parseInt("9")),
  ];
  return Response.text(lines.join("\n"));
}
