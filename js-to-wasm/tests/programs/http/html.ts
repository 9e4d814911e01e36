function handler(): Response {
  return Response.html("<p>hi</p>");
}
