// {"env": ["A_B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env("A" + "_" + "B") ?? "";
  return Response.text(`${v}`);
}
