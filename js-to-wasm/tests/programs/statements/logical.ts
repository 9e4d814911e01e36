// `&&`, `||` and `!` leave out their right side
function handler(): Response {
  const out: string[] = [];
  const yes = (s: string): boolean => {
    out.push(s);
    return true;
  };
  const no = (s: string): boolean => !yes(s);
  out.push(`${yes("a") && no("b") && yes("c")}`);
  out.push(`${no("d") || yes("e") || no("f")}`);
  out.push(`${!(yes("g") && no("h"))}`);
  return Response.text(out.join("\n"));
}
