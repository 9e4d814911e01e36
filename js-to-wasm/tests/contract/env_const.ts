// {"env": ["A"]}
import { env } from "purview:env";
const NAME = "A";
export function handler(req: Request): Response {
  const v = env(NAME) ?? "";
  return Response.text(`${v}`);
}
