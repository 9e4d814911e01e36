// {"egress": ["https://a.example", "https://b.example"]}
import { parallel } from "purview:io";
export function handler(req: Request): Response {
  const urls = ["https://a.example/", "https://b.example/"];
  const list = parallel(urls.map((u) => () => fetchSync(u)));
  return Response.text(`${list.length}`);
}
