// An object as text of a page
function handler(req: Request): Response {
  const page = h("p", {}, JSON.parse("{\"a\":1}"));
  return Response.html(renderToString(page) + req.path);
}
