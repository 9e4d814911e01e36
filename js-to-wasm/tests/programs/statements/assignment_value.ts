// An assignment has a value
function handler(): Response {
  const out: string[] = [];
  let a = 0;
  let b = 0;
  a = b = 5;
  out.push(`${a} ${b}`);
  const c = (a = 7);
  out.push(`${c} ${a}`);
  return Response.text(out.join("\n"));
}
