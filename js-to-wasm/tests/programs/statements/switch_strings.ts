// switch over strings
function handler(): Response {
  const out: string[] = [];
  const code = (s: string): number => {
    switch (s) {
      case "GET":
        return 1;
      case "POST": {
        const n = s.length;
        return n;
      }
      default:
        return -1;
    }
  };
  out.push(["GET", "POST", "x"].map(code).join());
  return Response.text(out.join("\n"));
}
