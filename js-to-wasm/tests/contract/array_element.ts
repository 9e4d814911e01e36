// {"env": ["A", "B", "C"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = ["A", "B"];
  const v = env(names[0] ?? "C") ?? "";
  return Response.text(`${v}`);
}
