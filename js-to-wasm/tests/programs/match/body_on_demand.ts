// Only the body of the arm that matches runs
function handler(): Response {
  const out: string[] = [];
  const log = (s: string): string => {
    out.push(s);
    return s;
  };
  out.push(match ("b") { when "a": log("never") when "b": log("body b") default: log("never") });
  return Response.text(out.join("\n"));
}
