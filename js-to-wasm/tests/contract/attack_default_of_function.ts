// {"env": ["*"]}
import { env } from "purview:env";
const read = (name: string, how: (name: string) => string | undefined = env): string | undefined => how(name);
export function handler(req: Request): Response {
  return Response.json(read(req.path) ?? "");
}
