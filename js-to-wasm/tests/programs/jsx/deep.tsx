// Deep nesting
const nest = (n: number): unknown => n === 0 ? "end" : <div>{nest(n - 1)}</div>;
function handler(): Response {
  const pages = [
    nest(40),
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
