function handler(): Response {
  const response = Response.text("x");
  response.headers.append("set-cookie", "a=1; Path=/");
  response.headers.append("set-cookie", "b=2; HttpOnly");
  return response;
}
