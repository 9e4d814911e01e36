// Statements in plain JavaScript
function handler() {
  const out = [];
  let total = 0;
  for (const n of [1, 2, 3]) {
    total += n;
  }
  out.push(`${total}`);
  return Response.text(out.join("\n"));
}
