// Loops in loops with break and continue
function handler(): Response {
  const out: string[] = [];
  for (const a of range(4)) {
    if (a === 2) {
      continue;
    }
    for (const b of range(4)) {
      if (b > a) {
        break;
      }
      out.push(`${a}${b}`);
    }
  }
  return Response.text(out.join("\n"));
}
