// {"env": ["*"]}
import { env } from "purview:env";
const hooks: ((name: string) => string | undefined)[] = [];
hooks.push(env);
export function handler(req: Request): Response {
  hooks.forEach((hook) => hook(req.path));
  return Response.text("");
}
