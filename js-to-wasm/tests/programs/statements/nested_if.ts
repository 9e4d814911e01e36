// Nested conditions
function handler(): Response {
  const out: string[] = [];
  for (const a of [true, false]) {
    for (const b of [true, false]) {
      if (a) {
        if (b) {
          out.push("both");
        } else {
          out.push("a");
        }
      } else if (b) {
        out.push("b");
      } else {
        out.push("none");
      }
    }
  }
  return Response.text(out.join("\n"));
}
