// {"env": ["*"]}
import { env } from "purview:env";
function read(name: string): string { return env(name) ?? ""; }
export function handler(req: Request): Response {
  const v = read("A") + read(req.path);
  return Response.text(`${v}`);
}
