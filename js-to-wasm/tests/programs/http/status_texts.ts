// The words for every status
function handler(): Response {
  const lines = range(200, 600).map((status) => `${status} ${Response.text("", { status }).statusText}`);
  return Response.text(lines.join("\n"));
}
