// {"env": ["*", "A"]}
import { env } from "purview:env";
import { routerMatch } from "purview:router";
const routes = { "GET /a": (req: Request): Response => Response.text(env("A") ?? ""), "GET /b/:id": (req: Request): Response => Response.text(env(req.path) ?? "") };
export function handler(req: Request): Response {
  const m = routerMatch(routes, req);
  if (m === undefined) { return Response.text("no", { status: 404 }); }
  return m.handler(req);
}
