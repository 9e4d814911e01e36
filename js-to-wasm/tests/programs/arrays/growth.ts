// Array: growth
function handler(): Response {
  const a: number[] = [];
  for (const i of range(10000)) {
    a.push(i * 2);
  }
  const lines = [
    JSON.stringify(a.length),
    `${a[9999]}`,
    JSON.stringify(a.slice(5000, 5003)),
  ];
  return Response.text(lines.join("\n"));
}
