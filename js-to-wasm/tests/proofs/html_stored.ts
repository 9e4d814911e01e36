// {"proven": ["input_validated"], "open": {"injection_safe": "without escaping it"}}
import { cacheGet } from "purview:cache";
export function handler(req: Request): Response {
  return Response.html(cacheGet("pages", "x") ?? "");
}
