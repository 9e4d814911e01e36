// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const [n] = ["A"];
  const v = env(n ?? "B") ?? "";
  return Response.text(`${v}`);
}
