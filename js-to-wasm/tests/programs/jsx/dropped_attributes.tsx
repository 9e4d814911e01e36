// key and browser handlers are dropped
function handler(): Response {
  const pages = [
    <p key="k" onclick="bad()" onClick={() => 1} id="x">t</p>,
    <button onmouseover="x">b</button>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
