// {"env": ["A", "B", "C"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names: Record<string, string> = { a: "A", b: "B" };
  const v = env(names[req.path] ?? "C") ?? "";
  return Response.text(`${v}`);
}
