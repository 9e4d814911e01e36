// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = structuredClone({ n: "A" });
  const v = env(o.n) ?? "";
  return Response.text(`${v}`);
}
