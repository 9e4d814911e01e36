// Functions in steps
function handler(): Response {
  const add = (a: number) => (b: number) => (c: number) => a + b + c;
  const lines = [
    JSON.stringify(add(1)(2)(3)),
    JSON.stringify([1, 2].map(add(10)(100))),
  ];
  return Response.text(lines.join("\n"));
}
