// {"egress": ["https://a.example", "https://b.example"]}
import { parallel } from "purview:io";
export function handler(req: Request): Response {
  const [a] = parallel([() => fetchSync("https://a.example/"), () => fetchSync("https://b.example/")]);
  return Response.text(a?.statusText ?? "");
}
