// Skipping a turn
function handler(): Response {
  const out: string[] = [];
  for (const n of range(6)) {
    if (n % 2 === 0) {
      continue;
    }
    out.push(`${n}`);
  }
  return Response.text(out.join("\n"));
}
