// escapeHtml and unescapeHtml
import { escapeHtml, unescapeHtml } from "purview:text";
function handler(): Response {
  const lines = [
    JSON.stringify(escapeHtml("<a href=\"x\">'&</a>")),
    JSON.stringify(unescapeHtml("&lt;b&gt; &amp;amp; &quot;&#39;")),
    JSON.stringify(unescapeHtml(escapeHtml("<ü>"))),
  ];
  return Response.text(lines.join("\n"));
}
