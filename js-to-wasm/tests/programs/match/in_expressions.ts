// match inside expressions
function handler(): Response {
  const lines = [
    JSON.stringify(1 + match (2) { when 2: 10 default: 0 }),
    JSON.stringify([match (1) { when 1: "x" default: "y" }, "z"]),
    JSON.stringify(`<${match (true) { when true: "on" default: "off" }}>`),
    JSON.stringify(Math.max(match (1) { when 1: 5 default: 6 }, 3)),
    JSON.stringify({ v: match ("k") { when "k": [1] default: [] } }),
  ];
  return Response.text(lines.join("\n"));
}
