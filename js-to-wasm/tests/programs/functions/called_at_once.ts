// An arrow that is called at once
function handler(): Response {
  const lines = [
    JSON.stringify(((x: number) => x * 2)(4)),
    JSON.stringify((() => "now")()),
  ];
  return Response.text(lines.join("\n"));
}
