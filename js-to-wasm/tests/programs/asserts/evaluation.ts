// The result is computed only on failure
function handler(): Response {
  const out: string[] = [];
  const log = (s: string): string => {
    out.push(s);
    return s;
  };
  const f = (n: number): string => {
    assert n > 0, log("failed");
    return "passed";
  };
  out.push(f(1), f(0));
  return Response.text(out.join("\n"));
}
