// Elements without children
function handler(): Response {
  const pages = [
    <br />,
    <br></br>,
    <img src="a.png" alt="" />,
    <hr />,
    <input type="text" />,
    <meta charset="utf-8" />,
    <link rel="x" />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
