// Elements in elements
function handler(): Response {
  const pages = [
    <div>Hello</div>,
    <ul><li>a</li><li><b>b</b></li></ul>,
    <p></p>,
    <custom-tag />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
