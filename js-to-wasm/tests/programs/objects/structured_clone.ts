// structuredClone copies deeply
function handler(): Response {
  const a = { list: [1, { x: 2 }], n: 1 };
  const b = structuredClone(a);
  a.n = 2;
  a.list.push(3);
  const lines = [
    JSON.stringify(b),
    JSON.stringify(a.list === b.list),
    JSON.stringify(structuredClone([1, [2]])),
    JSON.stringify(structuredClone("text")),
  ];
  return Response.text(lines.join("\n"));
}
