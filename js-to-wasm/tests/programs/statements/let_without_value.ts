// let without a value
function handler(): Response {
  const out: string[] = [];
  let a: string | undefined;
  out.push(`${a}`);
  a = "set";
  out.push(`${a}`);
  let b: number, c = 2;
  b = c + 1;
  out.push(`${b}`);
  return Response.text(out.join("\n"));
}
