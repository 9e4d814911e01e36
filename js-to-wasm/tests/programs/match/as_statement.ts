// match as a statement
function handler(): Response {
  const out: string[] = [];
  const seen: string[] = []
  for (const n of [1, 2]) {
    const before = n
    match (before) { when 1: seen.push("one") default: seen.push("other") }
  }
  out.push(seen.join())
  return Response.text(out.join("\n"));
}
