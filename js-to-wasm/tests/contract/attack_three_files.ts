// {"env": ["*"]}
import { env } from "purview:env";
import { tools } from "./b";
import { install } from "./c";
install(env);
export function handler(req: Request): Response {
  return Response.json(tools.map((tool) => tool(req.path) ?? "").join("") ?? "");
}
// file: b.ts
export const tools: ((name: string) => string | undefined)[] = [];
// file: c.ts
import { tools } from "./b";
export const install = (tool: (name: string) => string | undefined): void => { tools.push(tool); };
