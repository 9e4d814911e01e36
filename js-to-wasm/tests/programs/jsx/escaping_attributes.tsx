// Attributes are escaped
function handler(): Response {
  const pages = [
    <p title={"<\"'&>"}>x</p>,
    <p title="a & b &lt;">x</p>,
    <a href={"/?a=1&b=2"}>x</a>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
