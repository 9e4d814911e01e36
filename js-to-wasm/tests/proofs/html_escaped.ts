// {"proven": ["injection_safe"]}
import { escapeHtml } from "purview:text";
export function handler(req: Request): Response {
  return Response.html(`<p>${escapeHtml(req.query.name ?? "")}</p>`);
}
