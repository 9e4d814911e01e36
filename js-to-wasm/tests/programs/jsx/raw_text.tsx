// script and style are raw
function handler(): Response {
  const pages = [
    <script>{"if (a < b && c) x();"}</script>,
    <style>{"a > b { color: red }"}</style>,
    <script>{"\"</script>\""}</script>,
    <script type="module" src="/a.js"></script>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
