// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = { a: "A", b: "B" };
  const v = env(names.a) ?? "";
  return Response.text(`${v}`);
}
