// Computed keys
function handler(): Response {
  const out: string[] = [];
  const key = "dyn";
  const { [key]: value, [`${key}2`]: other } = { dyn: 1, dyn2: 2 };
  out.push(`${value}${other}`);
  return Response.text(out.join("\n"));
}
