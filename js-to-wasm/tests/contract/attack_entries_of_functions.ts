// {"env": ["*"]}
import { env } from "purview:env";
const tools = Object.fromEntries(Object.entries({ read: env }));
export function handler(req: Request): Response {
  const read = tools["read"];
  return Response.json(read?.(req.path) ?? "");
}
