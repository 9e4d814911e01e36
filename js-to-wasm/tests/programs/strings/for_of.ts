// A loop over a string visits code points
function handler(): Response {
  const out: string[] = [];
  for (const c of "aé世😀") {
    out.push(`${c.length}:${c}`);
  }
  const lines = [
    JSON.stringify(out),
  ];
  return Response.text(lines.join("\n"));
}
