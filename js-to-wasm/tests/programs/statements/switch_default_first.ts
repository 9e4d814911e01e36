// switch with default in front
function handler(): Response {
  const out: string[] = [];
  const f = (n: number): string => {
    switch (n) {
      default:
        return "other";
      case 1:
        return "one";
    }
  };
  out.push([1, 2].map(f).join());
  return Response.text(out.join("\n"));
}
