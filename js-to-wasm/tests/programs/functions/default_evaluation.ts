// A default is computed when it is needed
function handler(): Response {
  const out: string[] = [];
  let calls = 0;
  const next = (): number => {
    calls += 1;
    return calls;
  };
  const f = (a = next()) => a;
  out.push(`${f()} ${f(50)} ${f()} ${calls}`);
  return Response.text(out.join("\n"));
}
