function handler() {
  return Response.text("none");
}
