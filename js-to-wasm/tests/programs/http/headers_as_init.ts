function handler(): Response {
  const headers = Headers({ "x-a": "1" });
  headers.append("x-b", "2");
  return Response.text("x", { headers });
}
