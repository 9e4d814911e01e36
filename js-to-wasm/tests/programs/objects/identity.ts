// Objects are equal only to themselves
function handler(): Response {
  const a = { x: 1 };
  const b = { x: 1 };
  const c = a;
  const lines = [
    JSON.stringify(a === b),
    JSON.stringify(a === c),
    JSON.stringify(a !== b),
  ];
  return Response.text(lines.join("\n"));
}
