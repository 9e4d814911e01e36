// request: {"method": "GET", "url": "/users/42/posts?x=1"}
import { routerMatch } from "purview:router";
const routes = {
  "GET /": () => Response.text("home"),
  "GET /users/:id/posts": (params: Record<string, string>) => Response.json(params),
  "GET /files/*": () => Response.text("file"),
};
function handler(req: Request): Response {
  const found = routerMatch(routes, req);
  if (found === undefined) {
    return Response.text("none", { status: 404 });
  }
  return found.handler(found.params);
}
