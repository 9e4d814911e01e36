// h without JSX
function handler(): Response {
  const pages = [
    h("p", { class: "a" }, "x", h("b", undefined, 1)),
    h("br", {}),
    h(Fragment, undefined, "a", "b"),
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
