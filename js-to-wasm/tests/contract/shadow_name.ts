// {"env": ["A"]}
import { env } from "purview:env";
const name = "NOT";
export function handler(req: Request): Response {
  const name = "A";
  const v = env(name) ?? "";
  return Response.text(`${v}`);
}
