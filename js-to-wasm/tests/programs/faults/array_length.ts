// Array of a length that is none
function handler(): Response {
  return Response.json(Array(1.5));
}
