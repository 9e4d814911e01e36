// Many children
function handler(): Response {
  const pages = [
    <ul>{range(200).map((i) => <li id={`i${i}`}>{i}</li>)}</ul>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
