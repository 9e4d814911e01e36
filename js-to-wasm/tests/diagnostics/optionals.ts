// What may be missing
import { env } from "purview:env";
import { cacheGet } from "purview:cache";
import { parseBearer } from "purview:auth";
import { sha256 } from "purview:crypto";
import { routerMatch } from "purview:router";
type User = { name: string; address?: { city: string } };
const first = (list: string[]): string => list[0];
const upper = (text: string): string => text.toUpperCase();
export function handler(req: Request): Response {
  const a = env("A").length;
  const b = sha256(cacheGet("a", "b"));
  const c = parseBearer(req.headers.get("authorization")).trim();
  const d = routerMatch({ "GET /": upper }, req).params;
  const e = [1, 2].find((n) => n > 1) * 2;
  const f = (user: User) => user.address.city;
  const g = Map([["a", { n: 1 }]]).get("a").n;
  const h = "a,b".split(",")[1].trim();
  const { n } = [{ n: 1 }][0];
  const [i] = [upper("a")].slice(1);
  const j = upper(req.query.name);
  for (const k of cacheGet("a", "b")) { console.log(k); }
  const l = [...[[1]].at(0)];
  const m = req.body.length;
  const o = URL("x").host;
  return Response.json([a, b, c, d, e, f, g, h, n, upper(i), j, first([]), l, m, o]);
}
