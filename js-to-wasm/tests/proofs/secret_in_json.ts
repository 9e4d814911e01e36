// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const config = { a: { b: [env("API_KEY")] } };
  return Response.json(config);
}
