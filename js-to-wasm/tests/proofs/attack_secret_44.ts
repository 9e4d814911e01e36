// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env(req.path) ?? "");
}
