// {"egress": ["https://api.example.com"]}
import { fetchSync } from "purview:fetch";
export function handler(req: Request): Response {
  const r = fetchSync("https://api.example.com/path");
  return Response.text(r.statusText);
}
