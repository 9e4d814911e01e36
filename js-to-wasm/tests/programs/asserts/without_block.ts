// assert as the body of a condition
function handler(): Response {
  const out: string[] = [];
  const f = (a: boolean, b: boolean): string => {
    if (a) assert b, "a without b";
    else assert !b, "b without a";
    return "same";
  };
  out.push([f(true, true), f(true, false), f(false, true), f(false, false)].join());
  return Response.text(out.join("\n"));
}
