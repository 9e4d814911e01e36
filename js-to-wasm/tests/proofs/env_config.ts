// {"proven": ["read_only", "stateless", "deterministic", "no_secret_leakage"], "open": {"pure": "reads an environment variable"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.text(env("REGION") ?? "");
}
