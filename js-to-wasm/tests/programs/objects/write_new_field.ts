// Writing fields
function handler(): Response {
  const o: Record<string, number> = { a: 1 };
  o.b = 2;
  o["c d"] = 3;
  o.a = 9;
  const lines = [
    JSON.stringify(o),
  ];
  return Response.text(lines.join("\n"));
}
