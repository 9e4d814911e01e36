// Object.is
function handler(): Response {
  const lines = [
    JSON.stringify(Object.is(1, 1)),
    JSON.stringify(Object.is("a", "b")),
    JSON.stringify(Object.is(undefined, undefined)),
    JSON.stringify(Object.is({}, {})),
  ];
  return Response.text(lines.join("\n"));
}
