// className and htmlFor
function handler(): Response {
  const pages = [
    <p className="a b">x</p>,
    <label htmlFor="f">x</label>,
    <p class="c">x</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
