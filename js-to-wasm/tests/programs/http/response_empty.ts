function handler(): Response {
  return Response();
}
