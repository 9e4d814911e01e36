// {"env": ["URL"], "egress": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const r = fetchSync(env("URL") ?? "");
  return Response.text(r.statusText);
}
