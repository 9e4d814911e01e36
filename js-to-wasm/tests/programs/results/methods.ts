// Methods of results
function handler(): Response {
  const parse = (s: string) => s === "" ? Result.err("empty") : Result.ok(s.length);
  const a = parse("abc");
  const b = parse("");
  const lines = [
    JSON.stringify([a.isOk(), a.isErr(), b.isOk(), b.isErr()]),
    JSON.stringify(a.unwrap()),
    JSON.stringify(a.unwrapOr(9)),
    JSON.stringify(b.unwrapOr(9)),
    JSON.stringify(b.unwrapErr()),
  ];
  return Response.text(lines.join("\n"));
}
