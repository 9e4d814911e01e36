// {"env": ["A"]}
import { env } from "zigttp:env";
export function handler(req: Request): Response {
  const v = env("A") ?? "";
  return Response.text(`${v}`);
}
