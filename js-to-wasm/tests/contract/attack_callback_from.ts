// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(Array.from([req.path], (name) => env(name) ?? ""));
}
