// Integer-like keys come first
function handler(): Response {
  const o: Record<string, number> = {};
  o.z = 1;
  o["2"] = 2;
  o.a = 3;
  o["1"] = 4;
  o["4294967295"] = 5;
  o["4294967294"] = 6;
  const lines = [
    JSON.stringify(Object.keys(o)),
    JSON.stringify(o),
    JSON.stringify(Object.entries({ b: 1, 10: 2, 9: 3, a: 4, "01": 5, "-1": 6 })),
  ];
  return Response.text(lines.join("\n"));
}
