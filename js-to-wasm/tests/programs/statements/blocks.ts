// Blocks
function handler(): Response {
  const out: string[] = [];
  const x = 1;
  {
    const x = 2;
    out.push(`${x}`);
    {
      const x = 3;
      out.push(`${x}`);
    }
  }
  out.push(`${x}`);
  return Response.text(out.join("\n"));
}
