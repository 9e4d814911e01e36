// {"env": ["A", "k"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const m = Map([["k", "A"]]);
  let v = "";
  m.forEach((n, k) => { v = v + (env(n) ?? "") + k; });
  return Response.text(`${v}`);
}
