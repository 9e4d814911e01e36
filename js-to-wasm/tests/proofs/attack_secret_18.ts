// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const key = env("API_KEY") ?? "";
  return Response.json([key].toSorted().at(0) ?? "");
}
