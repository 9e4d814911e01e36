// Elements in variables and objects
function handler(): Response {
  const header = <h1>h</h1>;
  const parts = { footer: <footer>f</footer> };
  const pages = [
    <div>{header}{parts.footer}</div>,
    header,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
