function handler(): Response {
  return Response.redirect("/login");
}
