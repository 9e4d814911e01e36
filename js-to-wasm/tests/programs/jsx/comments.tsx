// Comments in elements
function handler(): Response {
  const pages = [
    <p>{/* nothing */}x{/* two */}</p>,
    <p /* here */ id="a" // and here
    >y</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
