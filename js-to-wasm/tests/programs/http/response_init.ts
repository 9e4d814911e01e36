function handler(): Response {
  return Response("made", { status: 201, headers: { "content-type": "text/x", "X-A": "b" } });
}
