// urlEncode and urlDecode
import { urlDecode, urlEncode } from "purview:url";
function handler(): Response {
  const lines = [
    JSON.stringify(urlEncode("a b&ü")),
    JSON.stringify(urlDecode("a%20b+c%C3%BC")),
  ];
  return Response.text(lines.join("\n"));
}
