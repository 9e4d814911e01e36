// Entries of a map
function handler(): Response {
  const out: string[] = [];
  const list = [...Map([["a", { n: 1 }], ["b", { n: 2 }]])].map(([key, { n }]) => `${key}${n}`);
  out.push(list.join());
  return Response.text(out.join("\n"));
}
