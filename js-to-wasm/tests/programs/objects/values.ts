// Object.values
function handler(): Response {
  const lines = [
    JSON.stringify(Object.values({ a: 1, b: [2] })),
    JSON.stringify(Object.values({})),
  ];
  return Response.text(lines.join("\n"));
}
