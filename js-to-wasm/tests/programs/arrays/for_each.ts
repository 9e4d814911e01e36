// Array: for_each
function handler(): Response {
  const out: string[] = [];
  ["a", "b"].forEach((s, i) => {
    out.push(`${i}${s}`);
  });
  const lines = [
    JSON.stringify(out),
  ];
  return Response.text(lines.join("\n"));
}
