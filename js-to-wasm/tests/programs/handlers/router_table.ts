// request: {"url":"/posts?page=2&limit=2"}
import { routerMatch } from "purview:router";

type Params = Record<string, string>;
type Route = (req: Request, params: Params) => Response;

const json = (data: unknown, status = 200): Response => Response.json(data, { status });

const listPosts: Route = (req) => {
  const page = Math.max(1, parseInt(req.query.page ?? "1", 10));
  const limit = Math.min(50, parseInt(req.query.limit ?? "10", 10));
  const offset = (page - 1) * limit;
  return json({ page, limit, offset, posts: range(limit).map((index) => ({ id: offset + index + 1 })) });
};

const showPost: Route = (_req, params) => {
  const id = Number(params.id);
  return Number.isInteger(id) ? json({ id, title: `Post ${id}` }) : json({ error: "bad id" }, 400);
};

export function handler(req: Request): Response {
  const found = routerMatch({ "GET /posts": listPosts, "GET /posts/:id": showPost }, req);
  if (found === undefined) {
    return json({ error: "not found", path: req.path }, 404);
  }
  return found.handler(req, found.params);
}
