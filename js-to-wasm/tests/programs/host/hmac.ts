// hmacSha256
import { hmacSha256 } from "purview:crypto";
function handler(): Response {
  const lines = [
    JSON.stringify(hmacSha256("key", "The quick brown fox jumps over the lazy dog")),
    JSON.stringify(hmacSha256("", "")),
  ];
  return Response.text(lines.join("\n"));
}
