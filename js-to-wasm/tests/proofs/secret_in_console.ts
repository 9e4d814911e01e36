// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  console.log(env("DB_PASSWORD"));
  return Response.text("ok");
}
