// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = ["A", "B"].map(env).join("");
  return Response.text(`${v}`);
}
