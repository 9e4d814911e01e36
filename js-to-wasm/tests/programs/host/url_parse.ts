// urlParse
import { urlParse } from "purview:url";
function handler(): Response {
  const lines = [
    JSON.stringify(urlParse("https://a.b:8443/p/q?x=1&y=a%20b#f")),
    `${urlParse("not a url") === undefined}`,
  ];
  return Response.text(lines.join("\n"));
}
