// A webhook that its sender signed, a link that only we can have made, and digests of what came. The secret is an environment variable:
// it is what a policy has to grant; what is computed needs no permission.
import { timingSafeEqual, verifyWebhookSignature } from "purview:auth";
import { base64Decode, base64Encode, base64UrlEncode, hexEncode, hmacSha256, sha1, sha256, sha512 } from "purview:crypto";
import { env } from "purview:env";

/** Takes what the shop sends, if it was the shop. */
function hook(request: Request, secret: string): Response {
  const signature = request.headers.get("x-signature") ?? "";
  return verifyWebhookSignature(request.text(), secret, signature)
    ? Response("", { status: 204 })
    : Response.text("the signature is not right", { status: 401 });
}

/** A link carries a keyed digest of its file: nobody but who has the secret makes one. */
function download(file: string, code: string, secret: string): Response {
  const right = hmacSha256(secret, file).slice(0, 16);
  return timingSafeEqual(code, right) ? Response.text(`here is ${file}`) : Response.text("this link is not ours", { status: 403 });
}

/** What came, under several names. */
function digests(text: string): Response {
  const standard = base64Encode(text);
  return Response.json({
    sha1: sha1(text),
    sha256: sha256(text),
    sha512: sha512(text).slice(0, 16),
    hex: hexEncode(text),
    base64: standard,
    base64url: base64UrlEncode(text),
    back: base64Decode(standard) === text,
  });
}

export default function handler(request: Request): Response {
  const secret = env("WEBHOOK_SECRET") ?? "";
  // With an empty secret anybody could sign.
  assert secret !== "", Response.text("WEBHOOK_SECRET is not set", { status: 500 });
  const [, what, file, code] = request.path.split("/");
  switch (what) {
    case "hooks":
      return hook(request, secret);
    case "download":
      return download(file ?? "", code ?? "", secret);
    case "digests":
      return digests(request.text());
    default:
      return Response.text("nothing here", { status: 404 });
  }
}
