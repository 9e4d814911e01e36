function handler(): Response {
  return Response.rawJson("{\"a\":  1}");
}
