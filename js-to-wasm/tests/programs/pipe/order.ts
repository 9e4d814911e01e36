// Order of a pipe
function handler(): Response {
  const out: string[] = [];
  const log = (s: string) => (n: number): number => {
    out.push(s);
    return n + 1;
  };
  out.push(`${1 |> log("first") |> log("second")}`);
  return Response.text(out.join("\n"));
}
