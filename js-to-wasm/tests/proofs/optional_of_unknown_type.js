// {"open": {"optional_safe": "uses a value that may be missing"}}
import { env } from "purview:env";
const cut = (a) => a.trim();
export function handler(req) {
  return Response.text(cut(env("A")));
}
