// Looking at a result
function handler(): Response {
  const out: string[] = [];
  const parse = (s: string) => s.length > 3 ? Result.err("too long") : Result.ok(s);
  for (const s of ["ab", "abcd"]) {
    const r = parse(s);
    if (r.ok) {
      out.push(`value ${r.value}`);
    } else {
      out.push(`error ${r.error}`);
    }
  }
  return Response.text(out.join("\n"));
}
