// Callbacks that change what is around them
function handler(): Response {
  let total = 0;
  const seen: number[] = [];
  [1, 2, 3].forEach((n) => {
    total += n;
    seen.push(total);
  });
  const lines = [
    JSON.stringify(total),
    JSON.stringify(seen),
  ];
  return Response.text(lines.join("\n"));
}
