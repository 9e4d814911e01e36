// {"open": {"no_credential_leakage": ""}}
import { parseCookies } from "purview:http";
export function handler(req: Request): Response {
  return Response.json(parseCookies(req.headers.get("cookie")));
}
