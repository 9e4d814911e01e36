// Digests and keyed codes
import { hmacSha1, hmacSha256, hmacSha384, hmacSha512, sha1, sha256, sha384, sha512 } from "purview:crypto";
function handler(): Response {
  const texts = ["", "abc", "grüße 😀", "a".repeat(200)];
  const digests = [sha1, sha256, sha384, sha512];
  const codes = [hmacSha1, hmacSha256, hmacSha384, hmacSha512];
  return Response.json([
    texts.map((text) => digests.map((digest) => digest(text))),
    texts.map((text) => codes.map((code) => code("key", text))),
    codes.map((code) => code("k".repeat(300), "data")),
  ]);
}
