// {"proven": ["pure", "read_only", "stateless", "deterministic", "state_isolated", "retry_safe", "idempotent", "injection_safe", "no_secret_leakage", "no_credential_leakage", "input_validated", "cost_bounded"]}
const twice = (n: number): number => n * 2;
export function handler(req: Request): Response {
  return Response.text(`${twice(twice(4))}`);
}
