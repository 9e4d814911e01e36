// Names of blocks
function handler(): Response {
  let a = 1;
  {
    const a = 2;
    if (a === 2) {
      const a = 3;
      Math.max(a, 1);
    }
  }
  a += 1;
  const lines = [
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
