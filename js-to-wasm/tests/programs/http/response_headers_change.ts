function handler(): Response {
  const response = Response.text("x");
  response.headers.set("x-a", "1");
  response.headers.append("x-a", "2");
  response.headers.append("vary", "accept");
  return response;
}
