// Templates in attributes and children
function handler(): Response {
  const n = [1, 2].length;
  const pages = [
    <p class={`a ${n > 1 ? "many" : "one"}`}>{`${n} items`}</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
