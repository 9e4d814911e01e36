function handler(): Response {
  return Response.text("no", { status: 403, headers: { "x-a": "1", "x-b": "2" } });
}
