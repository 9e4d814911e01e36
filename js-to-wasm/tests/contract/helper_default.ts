// {"env": ["A"]}
import { env } from "purview:env";
function read(name: string = "A"): string { return env(name) ?? ""; }
export function handler(req: Request): Response {
  const v = read();
  return Response.text(`${v}`);
}
