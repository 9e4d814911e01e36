// A loop over a list
function handler(): Response {
  const out: string[] = [];
  for (const s of ["a", "b", "c"]) {
    out.push(s);
  }
  for (const s of []) {
    out.push(`never ${s}`);
  }
  return Response.text(out.join("\n"));
}
