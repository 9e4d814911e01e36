function handler(): Response {
  return Response("", { status: 204 });
}
