// {"env": ["*"]}
import { env } from "purview:env";
function read(req: Request, name: string = req.path): string { return env(name) ?? ""; }
export function handler(req: Request): Response {
  const v = read(req);
  return Response.text(`${v}`);
}
