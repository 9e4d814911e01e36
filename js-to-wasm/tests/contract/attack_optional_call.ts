// {"env": ["*"]}
import { env } from "purview:env";
const tools: { read?: (name: string) => string | undefined } = { read: env };
export function handler(req: Request): Response {
  return Response.json(tools.read?.(req.path) ?? "");
}
