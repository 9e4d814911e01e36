// HTMX attributes
function handler(): Response {
  const pages = [
    <button hx-post="/x" hx-target="#a" hx-swap="outerHTML">b</button>,
    <div hx-on:click="a()" hx-on--after-request="b()">x</div>,
    <form hx-vals='{"a":1}'></form>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
