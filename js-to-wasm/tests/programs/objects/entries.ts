// Object.entries
function handler(): Response {
  const lines = [
    JSON.stringify(Object.entries({ a: 1, b: "c" })),
    JSON.stringify(Object.entries({}).length),
    JSON.stringify(Object.entries({ x: 1 }).map(([k, v]) => `${k}=${v}`)),
  ];
  return Response.text(lines.join("\n"));
}
