// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const { name } = { name: "A" };
  const v = env(name) ?? "";
  return Response.text(`${v}`);
}
