// The object of an assignment is computed once
function handler(): Response {
  const out: string[] = [];
  const o = { n: 1 };
  const get = () => {
    out.push("get");
    return o;
  };
  get().n += 5;
  get()["n"] *= 2;
  out.push(`${o.n}`);
  return Response.text(out.join("\n"));
}
