function handler(): Response {
  return Response.rawJson("[]", { status: 202 });
}
