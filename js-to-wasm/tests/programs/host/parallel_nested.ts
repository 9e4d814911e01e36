// request: {"upstreams": {"https://a.example/1": {"body": "1"}, "https://a.example/2": {"body": "2"}, "https://a.example/3": {"body": "3"}}}
import { parallel } from "zigttp:io";
function handler(): Response {
  const get = (n: number) => fetchSync(`https://a.example/${n}`).text();
  const results = parallel([
    () => parallel([() => get(1), () => get(2)]),
    () => [3, 1].map((n) => get(n)),
    () => get(2),
  ]);
  return Response.json(results);
}
