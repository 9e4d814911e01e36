// {"proven": ["read_only", "deterministic", "stateless"], "open": {"pure": "writes a log line"}}
import { logInfo } from "purview:log";
export function handler(req: Request): Response {
  logInfo("hello");
  return Response.text("ok");
}
