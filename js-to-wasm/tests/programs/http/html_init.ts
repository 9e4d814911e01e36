function handler(): Response {
  return Response.html("<p>gone</p>", { status: 410, headers: { "x-a": "1" } });
}
