// {"env": ["A", "B", "C"]}
import { env } from "purview:env";
const NAMES = ["A", "B"];
export function handler(req: Request): Response {
  return Response.json(env(NAMES[req.path.length % 2] ?? "C") ?? "");
}
