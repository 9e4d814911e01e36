// Fields keep the order of their insertion
function handler(): Response {
  const o: Record<string, number> = { b: 1, a: 2 };
  o.c = 3;
  o.b = 4;
  o["aa"] = 5;
  const lines = [
    JSON.stringify(Object.keys(o)),
  ];
  return Response.text(lines.join("\n"));
}
