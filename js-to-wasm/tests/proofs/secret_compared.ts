// {"proven": ["no_secret_leakage"]}
import { env } from "purview:env";
import { timingSafeEqual } from "purview:auth";
export function handler(req: Request): Response {
  return Response.text(timingSafeEqual(env("API_KEY") ?? "", req.path) ? "yes" : "no");
}
