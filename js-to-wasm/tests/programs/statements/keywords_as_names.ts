// Words of the language as names
function handler(): Response {
  const out: string[] = [];
  const when = 1;
  const match = 2;
  const type = 3;
  const of = 4;
  const as = 5;
  const from = 6;
  const get = 7;
  const distinct = 8;
  out.push(`${when + match + type + of + as + from + get + distinct}`);
  const o = { match: 1, assert: 2, default: 3, new: 4, class: 5 };
  out.push(`${o.match + o.assert + o.default + o.new + o.class}`);
  return Response.text(out.join("\n"));
}
