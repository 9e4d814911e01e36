function handler(): Response {
  return Response.stream((writer) => {
    writer.write("<p>");
    writer.write("</p>");
  }, { status: 201, headers: { "content-type": "text/html" } });
}
