// Object.keys
function handler(): Response {
  const lines = [
    JSON.stringify(Object.keys({ a: 1, b: 2 })),
    JSON.stringify(Object.keys({})),
    JSON.stringify(Object.keys({ b: undefined })),
  ];
  return Response.text(lines.join("\n"));
}
