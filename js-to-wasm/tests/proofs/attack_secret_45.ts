// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
const names = ["REGION", "API_TOKEN"];
export function handler(req: Request): Response {
  return Response.json(names.map((n) => env(n) ?? ""));
}
