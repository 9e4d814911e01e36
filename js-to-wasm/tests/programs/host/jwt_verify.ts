// Tokens that are right, and what is wrong with others
import { base64UrlEncode } from "purview:crypto";
import { jwtSign, jwtVerify } from "purview:auth";
const at = 1700000000;
function told(token: string, secret: string): string {
  const result = jwtVerify(token, secret);
  return result.ok ? JSON.stringify(result.value) : result.error;
}
function handler(): Response {
  const good = jwtSign(JSON.stringify({ sub: "1", exp: at + 60 }), "secret") ?? "";
  const parts = good.split(".");
  const none = `${base64UrlEncode('{"alg":"none"}')}.${base64UrlEncode("{}")}.`;
  const lines = [
    told(good, "secret"),
    told(good, "other"),
    told(good, ""),
    told(`${parts[0]}.${parts[1]}`, "secret"),
    told(`${parts[0]}.${parts[1]}.AAAA`, "secret"),
    told(`${parts[0]}.${parts[1]}.A`, "secret"),
    told(`*.${parts[1]}.${parts[2]}`, "secret"),
    told(`${base64UrlEncode("[]")}.e30.e30`, "secret"),
    told(`${base64UrlEncode("{}")}.e30.e30`, "secret"),
    told(`${base64UrlEncode('{"alg":"HS256","crit":[]}')}.e30.e30`, "secret"),
    told(none, "secret"),
    told(jwtSign(JSON.stringify({ exp: at }), "secret") ?? "", "secret"),
    told(jwtSign(JSON.stringify({ exp: "soon" }), "secret") ?? "", "secret"),
    told(jwtSign(JSON.stringify({ nbf: at + 30 }), "secret") ?? "", "secret"),
    `${jwtSign("[]", "secret") === undefined} ${jwtSign("{}", "") === undefined}`,
  ];
  return Response.text(lines.join("\n"));
}
