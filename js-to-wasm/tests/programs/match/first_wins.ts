// The first arm that matches wins
function handler(): Response {
  const lines = [
    JSON.stringify(match (1) { when 1: "first" when 1: "second" default: "none" }),
    JSON.stringify(match ({ a: 1, b: 2 }) { when { a: 1 }: "a" when { b: 2 }: "b" default: "none" }),
  ];
  return Response.text(lines.join("\n"));
}
