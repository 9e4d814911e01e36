// {"egress": ["https://a.example", "https://b.example"]}
import { race } from "purview:io";
export function handler(req: Request): Response {
  const r = race([() => fetchSync("https://a.example/"), () => fetchSync(`https://b.example/${req.path}`)]);
  return Response.text(r === undefined ? "" : r.statusText);
}
