// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: { n?: string } = {};
  const v = env(o.n ?? "A") ?? "";
  return Response.text(`${v}`);
}
