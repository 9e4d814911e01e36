// {"env": ["A", "B", "C"]}
import { env } from "purview:env";
const NAMES: Record<string, string> = { a: "A", b: "B" };
export function handler(req: Request): Response {
  return Response.json(env(NAMES[req.query.k ?? "a"] ?? "C") ?? "");
}
