// switch inside switch
function handler(): Response {
  const out: string[] = [];
  const f = (a: number, b: string): string => {
    switch (a) {
      case 1:
        switch (b) {
          case "x":
            return "1x";
          default:
            return "1?";
        }
      default:
        return "?";
    }
  };
  out.push([f(1, "x"), f(1, "y"), f(2, "x")].join());
  return Response.text(out.join("\n"));
}
