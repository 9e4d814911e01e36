// Functions of Math as values
function handler(): Response {
  const lines = [
    JSON.stringify([4, 9].map(Math.sqrt)),
    JSON.stringify([1.5, -1.5].map(Math.floor)),
    JSON.stringify([-1, 2].map(Math.abs)),
  ];
  return Response.text(lines.join("\n"));
}
