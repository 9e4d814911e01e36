// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const key = env("API_KEY") ?? "";
  console.error(key);
  return Response.json(1);
}
