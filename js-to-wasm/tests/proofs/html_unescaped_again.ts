// {"open": {"injection_safe": "without escaping it"}}
import { escapeHtml, unescapeHtml } from "purview:text";
export function handler(req: Request): Response {
  return Response.html(unescapeHtml(escapeHtml(req.path)));
}
