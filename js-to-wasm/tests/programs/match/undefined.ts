// match on undefined
function handler(): Response {
  const f = (s: string | undefined) => match (s) { when undefined: "none" when "": "empty" default: s };
  const lines = [
    JSON.stringify(f(undefined)),
    JSON.stringify(f("x")),
    JSON.stringify(f("")),
  ];
  return Response.text(lines.join("\n"));
}
