// The subject of match is computed once
function handler(): Response {
  const out: string[] = [];
  const next = (): number => {
    out.push("computed");
    return 3;
  };
  out.push(match (next()) { when 1: "a" when 2: "b" when 3: "c" default: "d" });
  out.push(match ({ n: next() }) { when { n: 1 }: "x" when { n: 3 }: "y" default: "z" });
  return Response.text(out.join("\n"));
}
