// SVG
function handler(): Response {
  const pages = [
    <svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg"><path d="M0 0" strokeWidth={2} fill="none" /></svg>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
