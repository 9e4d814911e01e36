// {"proven": ["injection_safe"], "open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.html(renderToString(<p>{env("API_KEY") ?? ""}</p>));
}
