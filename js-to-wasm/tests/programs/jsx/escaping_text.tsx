// Text is escaped
function handler(): Response {
  const pages = [
    <p>{"<b> & \"q\" 's' >"}</p>,
    <p>{"&amp;"}</p>,
    <p>a & b</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
