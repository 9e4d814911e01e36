// Object.hasOwn
function handler(): Response {
  const lines = [
    JSON.stringify(Object.hasOwn({ a: 1 }, "a")),
    JSON.stringify(Object.hasOwn({ a: 1 }, "b")),
    JSON.stringify(Object.hasOwn({ a: undefined }, "a")),
    JSON.stringify(Object.hasOwn({}, "toString")),
  ];
  return Response.text(lines.join("\n"));
}
