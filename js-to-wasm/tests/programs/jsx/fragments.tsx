// Fragments
function handler(): Response {
  const pages = [
    <><li>a</li><li>b</li></>,
    <></>,
    <div><>inner</></div>,
    <ul>{["a", "b"].map((s) => <><li>{s}</li></>)}</ul>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
