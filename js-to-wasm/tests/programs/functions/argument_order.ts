// Arguments are computed from left to right
function handler(): Response {
  const out: string[] = [];
  const log = (n: number): number => {
    out.push(`${n}`);
    return n;
  };
  const f = (a: number, b: number, c: number) => a + b + c;
  out.push(`sum ${f(log(1), log(2), log(3))}`);
  out.push(`expr ${log(4) + log(5) * log(6)}`);
  const list = [log(7), log(8)];
  const o = { a: log(9), b: log(10) };
  out.push(`${list.length} ${o.a}`);
  return Response.text(out.join("\n"));
}
