// A default is computed only for undefined
function handler(): Response {
  const out: string[] = [];
  let calls = 0;
  const next = (): number => {
    calls += 1;
    return calls;
  };
  const read = ({ a = next() }: { a?: number }) => a;
  out.push(`${read({ a: 9 })} ${calls}`);
  out.push(`${read({})} ${calls}`);
  const [x = next()] = [0];
  out.push(`${x} ${calls}`);
  return Response.text(out.join("\n"));
}
