// Number(value)
function handler(): Response {
  const lines = [
    JSON.stringify(Number("42")),
    JSON.stringify(Number("")),
    JSON.stringify(Number(" 7 ")),
    `${Number("7x")}`,
    JSON.stringify(Number("0x10")),
    JSON.stringify(Number(true)),
    JSON.stringify(Number(false)),
    `${Number(undefined)}`,
    JSON.stringify(Number("1e3")),
    JSON.stringify(Number("-0.5")),
    `${Number("Infinity")}`,
  ];
  return Response.text(lines.join("\n"));
}
