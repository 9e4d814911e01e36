// Inner names hide outer ones
function handler(): Response {
  const x = 1;
  const f = (x: number) => x * 10;
  const g = () => {
    const x = "inner";
    return x;
  };
  const lines = [
    JSON.stringify(x),
    JSON.stringify(f(2)),
    JSON.stringify(g()),
  ];
  return Response.text(lines.join("\n"));
}
