// Boolean(value)
function handler(): Response {
  const lines = [
    JSON.stringify(Boolean(true)),
    JSON.stringify(Boolean(1)),
    JSON.stringify(Boolean(0)),
    JSON.stringify(Boolean("")),
    JSON.stringify(Boolean("a")),
    JSON.stringify(Boolean(undefined)),
    JSON.stringify(Boolean({})),
    JSON.stringify(Boolean(NaN)),
  ];
  return Response.text(lines.join("\n"));
}
