// Array: queue
function handler(): Response {
  const queue = [1];
  const out: number[] = [];
  for (const _ of range(10)) {
    const first = queue.shift() ?? 0;
    out.push(first);
    queue.push(first * 2, first + 3);
  }
  const lines = [
    JSON.stringify(out),
  ];
  return Response.text(lines.join("\n"));
}
