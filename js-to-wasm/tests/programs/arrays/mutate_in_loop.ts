// Array: mutate_in_loop
function handler(): Response {
  const a = [1, 2, 3];
  const seen: number[] = [];
  for (const x of a) {
    seen.push(x);
    if (x === 1) {
      a.push(4);
    }
  }
  const lines = [
    JSON.stringify(a),
    JSON.stringify(seen),
  ];
  return Response.text(lines.join("\n"));
}
