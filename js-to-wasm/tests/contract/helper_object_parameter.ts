// {"env": ["A"]}
import { env } from "purview:env";
function read({ name }: { name: string }): string { return env(name) ?? ""; }
export function handler(req: Request): Response {
  const v = read({ name: "A" });
  return Response.text(`${v}`);
}
