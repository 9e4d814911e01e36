// match in match
function handler(): Response {
  const f = (s: string, n: number) => match (s) {
    when "a": match (n) { when 1: "a1" default: "a?" }
    default: match (n) { when 1: "?1" default: "??" }
  };
  const lines = [
    JSON.stringify(f("a", 1)),
    JSON.stringify(f("a", 2)),
    JSON.stringify(f("b", 1)),
  ];
  return Response.text(lines.join("\n"));
}
