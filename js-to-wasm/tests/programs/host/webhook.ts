// verifyWebhookSignature
import { verifyWebhookSignature } from "purview:auth";
import { hmacSha256 } from "purview:crypto";
function handler(): Response {
  const lines = [
    JSON.stringify(verifyWebhookSignature("body", "s", hmacSha256("s", "body"))),
    JSON.stringify(verifyWebhookSignature("body", "s", `sha256=${hmacSha256("s", "body")}`)),
    JSON.stringify(verifyWebhookSignature("body", "s", "00")),
  ];
  return Response.text(lines.join("\n"));
}
