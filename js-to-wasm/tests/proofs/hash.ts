// {"proven": ["pure", "read_only", "stateless", "deterministic", "state_isolated", "retry_safe", "idempotent", "injection_safe", "no_secret_leakage", "no_credential_leakage", "input_validated", "cost_bounded"]}
import { sha256 } from "purview:crypto";
export function handler(req: Request): Response {
  return Response.text(sha256(req.path));
}
