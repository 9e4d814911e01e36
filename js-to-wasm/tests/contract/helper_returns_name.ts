// {"env": ["A"]}
import { env } from "purview:env";
const pick = (): string => "A";
export function handler(req: Request): Response {
  const v = env(pick()) ?? "";
  return Response.text(`${v}`);
}
