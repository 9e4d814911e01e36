// Text beyond ASCII
function handler(): Response {
  const pages = [
    <p title="ü">世界 😀 é</p>,
    <p>{"😀".length}</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
