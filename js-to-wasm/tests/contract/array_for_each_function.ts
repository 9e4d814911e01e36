// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  ["A", "B"].forEach(env);
  const v = 1;
  return Response.text(`${v}`);
}
