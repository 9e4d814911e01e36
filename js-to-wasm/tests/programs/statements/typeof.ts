// typeof
function handler(): Response {
  const out: string[] = [];
  const values: unknown[] = [1, "a", true, undefined, {}, [], () => 1, NaN];
  out.push(values.map((v) => typeof v).join());
  out.push(typeof typeof 1);
  return Response.text(out.join("\n"));
}
