// base64, base64url and hexadecimal
import { base64Decode, base64Encode, base64UrlDecode, base64UrlEncode, hexDecode, hexEncode } from "purview:crypto";
function handler(): Response {
  const texts = ["", "f", "fo", "foo", "grüße 😀", "?>?>"];
  const broken = ["Zg", "Zg=", "Zh==", "Z===", "Zm9v\n", "****", "Zm8=Zm8=", "0", "0g", "-_8"];
  return Response.json([
    texts.map((text) => [base64Encode(text), base64UrlEncode(text), hexEncode(text)]),
    texts.map((text) => [base64Decode(base64Encode(text)), base64UrlDecode(base64UrlEncode(text)), hexDecode(hexEncode(text))]),
    broken.map((text) => [base64Decode(text) ?? "no", base64UrlDecode(text) ?? "no", hexDecode(text) ?? "no"]),
    hexDecode("4A4b"),
  ]);
}
