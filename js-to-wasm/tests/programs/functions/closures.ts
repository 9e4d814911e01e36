// Closures keep their own state
function handler(): Response {
  const counter = (start: number) => {
    let n = start;
    return () => {
      n += 1;
      return n;
    };
  };
  const a = counter(0);
  const b = counter(10);
  const lines = [
    JSON.stringify(a()),
    JSON.stringify(a()),
    JSON.stringify(b()),
    JSON.stringify(a()),
  ];
  return Response.text(lines.join("\n"));
}
