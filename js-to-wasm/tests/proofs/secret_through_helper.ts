// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
const load = (n: string): string => env(n) ?? "";
const wrap = (s: string): { text: string } => ({ text: `<${s}>` });
export function handler(req: Request): Response {
  return Response.json(wrap(load("TOKEN")));
}
