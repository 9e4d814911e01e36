// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const m = Map();
  m.set("k", env("API_KEY"));
  return Response.text(`${m.get("k")}`);
}
