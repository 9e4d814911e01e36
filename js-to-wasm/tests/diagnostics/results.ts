// Results that were not looked at
import { jwtVerify } from "purview:auth";
import { validateJson, coerceJson } from "purview:validate";
import { decodeQuery } from "purview:decode";
import { rateCheck } from "purview:ratelimit";
const claims = (token: string) => jwtVerify(token, "secret");
const subject = (result: Result<{ sub: string }, string>): string => result.value.sub;
export function handler(req: Request): Response {
  const a = jwtVerify("a", "b").value;
  const b = claims("a");
  const c = b;
  const d = c.value;
  const e = validateJson("user", req.body ?? "");
  if (!e.ok) { console.log(e.value); }
  const { value } = coerceJson("user", "{}");
  const f = decodeQuery("user", req.query);
  if (f.ok) { console.log(f.error); }
  if (f.ok) { console.log(f.errors?.length); }
  if (!b.ok) { console.log(b.errors); }
  if (b.isOk()) { console.log(b.errors); }
  const g = rateCheck("a", 1, 1);
  if (g.ok) { return Response.json(g.value.remaining); }
  const h = g.error.retryAfter + g.value.remaining;
  const i = JSON.tryParse("1");
  if (i.isErr()) { return Response.json(i.value); }
  return Response.json([a, d, value.name, h, i.error, subject(b)]);
}
