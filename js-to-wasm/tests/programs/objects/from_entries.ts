// Object.fromEntries
function handler(): Response {
  const lines = [
    JSON.stringify(Object.fromEntries([["a", 1], ["b", 2]])),
    JSON.stringify(Object.fromEntries([])),
    JSON.stringify(Object.fromEntries(Object.entries({ a: 1, b: 2 }).map(([k, v]) => [k.toUpperCase(), v * 10]))),
    JSON.stringify(Object.fromEntries(Map([["m", 1]]))),
  ];
  return Response.text(lines.join("\n"));
}
