function handler(): Response {
  return Response("never sent", { status: 304, headers: { etag: "\"1\"" } });
}
