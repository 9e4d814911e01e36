// switch compares strictly
function handler(): Response {
  const out: string[] = [];
  const f = (v: unknown): string => {
    switch (v) {
      case 1:
        return "number";
      case "1":
        return "text";
      case true:
        return "true";
      case undefined:
        return "undefined";
      default:
        return "other";
    }
  };
  out.push([1, "1", true, undefined, NaN].map(f).join());
  return Response.text(out.join("\n"));
}
