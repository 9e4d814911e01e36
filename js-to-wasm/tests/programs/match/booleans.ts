// match on booleans
function handler(): Response {
  const f = (b: boolean) => match (b) { when true: "yes" when false: "no" };
  const lines = [
    JSON.stringify([true, false].map(f)),
  ];
  return Response.text(lines.join("\n"));
}
