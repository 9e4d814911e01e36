// match compares strictly
function handler(): Response {
  const f = (v: unknown) => match (v) { when 1: "number" when "1": "text" when true: "boolean" default: "other" };
  const lines = [
    JSON.stringify(f(1)),
    JSON.stringify(f("1")),
    JSON.stringify(f(true)),
    JSON.stringify(f(NaN)),
  ];
  return Response.text(lines.join("\n"));
}
