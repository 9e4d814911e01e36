// Entities in text
function handler(): Response {
  const pages = [
    <p>&lt;&amp;&gt;&quot;&nbsp;&copy;&#65;&#x42;</p>,
    <p title="&quot;&eacute;">&euro;</p>,
    <p>&unknown;</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
