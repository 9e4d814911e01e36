// {"open": {"no_credential_leakage": "shows a credential"}}
import { parseBearer } from "purview:auth";
export function handler(req: Request): Response {
  return Response.text(parseBearer(req.headers.authorization) ?? "");
}
