// Names with hyphens and colons
function handler(): Response {
  const pages = [
    <p data-a-b="1" aria-label="l" xml:lang="en">x</p>,
    <svg xlink:href="#a"></svg>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
