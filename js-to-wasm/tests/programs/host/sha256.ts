// sha256
import { sha256 } from "purview:crypto";
function handler(): Response {
  const lines = [
    JSON.stringify(sha256("hello world")),
    JSON.stringify(sha256("test")),
    JSON.stringify(sha256("")),
    JSON.stringify(sha256("ü😀")),
  ];
  return Response.text(lines.join("\n"));
}
