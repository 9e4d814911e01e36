// mask
import { mask } from "purview:text";
function handler(): Response {
  const lines = [
    JSON.stringify(mask("1234567890")),
    JSON.stringify(mask("secret", 2)),
    JSON.stringify(mask("ab")),
    JSON.stringify(mask("abc", 0)),
  ];
  return Response.text(lines.join("\n"));
}
