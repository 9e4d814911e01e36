// Array: sort_undefined
function handler(): Response {
  const lines = [
    `${[3, undefined, 1].sort().map((x) => `${x}`).join()}`,
  ];
  return Response.text(lines.join("\n"));
}
