// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const key = env("API_KEY") ?? "";
  let out = "";
  for (const c of key) { out = out + c; }
  return Response.json(out);
}
