// Names beyond ASCII
function handler(): Response {
  const out: string[] = [];
  const größe = 3;
  const 世界 = { ключ: "v" };
  const $ = 1;
  const _x = 2;
  out.push(`${größe}${世界.ключ}${$}${_x}`);
  return Response.text(out.join("\n"));
}
