// {"env": ["*"]}
import { env } from "purview:env";
const tools = { ...{ read: env } };
const { read: take } = tools;
export function handler(req: Request): Response {
  return Response.json(take(req.path) ?? "");
}
