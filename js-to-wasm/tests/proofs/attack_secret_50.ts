// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const key = env("API_KEY") ?? "";
  const o: Record<string, number> = {};
  o[key] = 1;
  return Response.json(Object.keys(o));
}
