// Lines without semicolons
function handler(): Response {
  const out: string[] = [];
  const a = 1
  const b = 2
  let c = a
    + b
  c = c * 2
  out.push(`${c}`)
  const list = [1, 2]
  const f = () =>
    list
      .map((n) => n + 1)
      .join()
  out.push(f())
  return Response.text(out.join("\n"));
}
