// {"env": ["A", "B"]}
import { env } from "purview:env";
function read({ name = "B" }: { name?: string }): string { return env(name) ?? ""; }
export function handler(req: Request): Response {
  const v = read({}) + read({ name: "A" });
  return Response.text(`${v}`);
}
