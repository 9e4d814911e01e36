// Spread attributes
function handler(): Response {
  const props: Record<string, string> = { id: "i", class: "c" };
  const pages = [
    <p {...props}>x</p>,
    <p class="over" {...props}>x</p>,
    <p {...props} class="under">x</p>,
    <p {...props} {...{ title: "t" }} hidden>x</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
