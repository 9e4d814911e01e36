// switch with return
function handler(): Response {
  const out: string[] = [];
  const name = (n: number): string => {
    switch (n) {
      case 1:
        return "one";
      case 2:
      case 3:
        return "few";
      default:
        return "many";
    }
  };
  out.push([1, 2, 3, 4].map(name).join());
  return Response.text(out.join("\n"));
}
