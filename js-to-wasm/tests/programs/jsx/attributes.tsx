// Attributes
function handler(): Response {
  const pages = [
    <a href="/x" title="t">l</a>,
    <a title='single'>l</a>,
    <p id={"x" + "y"} data-n={1 + 1}>t</p>,
    <p data-f={1.5} data-m={-0.25}>t</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
