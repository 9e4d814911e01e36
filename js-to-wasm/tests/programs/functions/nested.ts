// Functions inside functions
function handler(): Response {
  const outer = (n: number): number[] => {
    function inner(k: number): number {
      const deep = () => k * n;
      return deep() + 1;
    }
    return range(n).map(inner);
  };
  const lines = [
    JSON.stringify(outer(3)),
  ];
  return Response.text(lines.join("\n"));
}
