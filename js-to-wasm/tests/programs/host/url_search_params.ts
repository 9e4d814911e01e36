// urlSearchParams
import { urlSearchParams } from "purview:url";
function handler(): Response {
  const lines = [
    JSON.stringify(urlSearchParams("?a=1&b=x+y")),
    JSON.stringify(urlSearchParams("")),
    JSON.stringify(urlSearchParams("a&b=&c=%26")),
  ];
  return Response.text(lines.join("\n"));
}
