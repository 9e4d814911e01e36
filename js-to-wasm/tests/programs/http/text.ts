function handler(): Response {
  return Response.text("grün 😀");
}
