// request: {"body": "{\"n\":1}"}
import { verifyWebhookSignature, timingSafeEqual, jwtSign, parseBearer } from "purview:auth";
import { cacheGet, cacheSet } from "purview:cache";
import { base64Encode, hmacSha256, sha256 } from "purview:crypto";
import { env } from "purview:env";
import { escapeHtml, mask, slugify, truncate, unescapeHtml } from "purview:text";
import { parseIso } from "purview:time";
import { urlDecode, urlEncode, urlParse, urlSearchParams } from "purview:url";
// Values of JSON have no static type, so that anything can arrive.
function handler(request: Request): Response {
  const none = request.json().missing;
  const number = JSON.parse("5");
  const list = [none, number].map((value) => [
    sha256(value), hmacSha256("k", value), base64Encode(value), env(value), escapeHtml(value), unescapeHtml(value), slugify(value),
    truncate(value, 3), mask(value), urlEncode(value), urlDecode(value), urlSearchParams(value), urlParse(value), parseIso(value),
    jwtSign(value, "s"), parseBearer(value), cacheGet("n", value),
  ].map((result) => `${result === undefined}`).join(" "));
  return Response.json([list, verifyWebhookSignature(none, "s", "x"), timingSafeEqual(number, number), cacheSet("n", "k", number)]);
}
