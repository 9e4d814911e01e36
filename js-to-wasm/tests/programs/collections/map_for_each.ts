// Map: forEach
function handler(): Response {
  const out: string[] = [];
  Map([["a", 1], ["b", 2]]).forEach((value, key) => {
    out.push(`${key}${value}`);
  });
  const lines = [
    JSON.stringify(out),
  ];
  return Response.text(lines.join("\n"));
}
