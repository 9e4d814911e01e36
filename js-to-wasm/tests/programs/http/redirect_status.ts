function handler(): Response {
  return Response.redirect("https://example.com/a?b=c", 308);
}
