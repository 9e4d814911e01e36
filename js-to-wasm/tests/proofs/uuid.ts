// {"proven": ["read_only"], "open": {"deterministic": "takes random bytes", "pure": "takes random bytes"}}
import { uuid } from "purview:id";
export function handler(req: Request): Response {
  return Response.text(uuid());
}
