// void
function handler(): Response {
  const out: string[] = [];
  let n = 0;
  const set = () => {
    n = 5;
    return n;
  };
  out.push(`${void set()} ${n}`);
  return Response.text(out.join("\n"));
}
