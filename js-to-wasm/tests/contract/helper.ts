// {"env": ["A", "B"]}
import { env } from "purview:env";
function read(name: string): string { return env(name) ?? ""; }
export function handler(req: Request): Response {
  const v = read("A") + read("B");
  return Response.text(`${v}`);
}
