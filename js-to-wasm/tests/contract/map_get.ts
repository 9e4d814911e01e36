// {"env": ["A", "B", "k"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const m = Map([["k", "A"]]);
  const v = env(m.get("k") ?? "B") ?? "";
  return Response.text(`${v}`);
}
