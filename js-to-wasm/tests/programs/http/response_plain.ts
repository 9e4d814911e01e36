function handler(): Response {
  return Response("hi");
}
