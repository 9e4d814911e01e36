function handler(): Response {
  return Response.json();
}
