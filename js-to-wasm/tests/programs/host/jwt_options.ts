// Algorithms, leeway, issuer and audience
import { jwtSign, jwtVerify } from "purview:auth";
const at = 1700000000;
function handler(): Response {
  const claims = JSON.stringify({ iss: "me", aud: ["a", "b"], exp: at - 5 });
  const token = jwtSign(claims, "secret", { algorithm: "HS512", kid: "k1" }) ?? "";
  const told = (options: object): string => {
    const result = jwtVerify(token, "secret", options);
    return result.ok ? "ok" : result.error;
  };
  const all = { algorithms: ["HS512"], leeway: 10 };
  return Response.json([
    token.split(".")[0],
    told({}),
    told({ algorithms: ["HS512"] }),
    told(all),
    told({ ...all, issuer: "me", audience: "b" }),
    told({ ...all, issuer: "you" }),
    told({ ...all, audience: ["c"] }),
    jwtVerify(jwtSign("{}", "s", "HS384") ?? "", "s", "HS384").ok,
  ]);
}
