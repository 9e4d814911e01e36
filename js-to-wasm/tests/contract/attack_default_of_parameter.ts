// {"env": ["*"]}
import { env } from "purview:env";
const read = (a: string, b = a): string | undefined => env(b);
export function handler(req: Request): Response {
  return Response.json(read(req.path) ?? "");
}
