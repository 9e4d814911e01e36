// {"env": ["A", "B"]}
import { env } from "purview:env";
function read([name]: string[]): string { return env(name ?? "B") ?? ""; }
export function handler(req: Request): Response {
  const v = read(["A"]);
  return Response.text(`${v}`);
}
