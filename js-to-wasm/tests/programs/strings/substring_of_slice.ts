// Pieces of pieces
function handler(): Response {
  const lines = [
    JSON.stringify("abcdefghij".slice(2).slice(2, -1).substring(1, 3)),
    JSON.stringify("äbcdëfghij".slice(1).slice(2).charAt(1)),
    JSON.stringify("😀😁😂".slice(2).slice(0, 2)),
  ];
  return Response.text(lines.join("\n"));
}
