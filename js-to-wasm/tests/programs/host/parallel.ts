// request: {"upstreams": {"https://a.example/1": {"body": "one", "delay": 30}, "https://a.example/2": {"body": "two", "delay": 10}, "https://b.example/": {"body": "three", "delay": 20}, "https://a.example/one": {"body": "again", "delay": 5}}}
import { parallel } from "purview:io";
function handler(): Response {
  const order: string[] = [];
  const results = parallel([
    () => {
      order.push("a begins");
      const first = fetchSync("https://a.example/1").text();
      order.push(`a has ${first}`);
      return fetchSync(`https://a.example/${first}`).text();
    },
    () => {
      order.push("b begins");
      const second = fetchSync("https://a.example/2").text();
      order.push(`b has ${second}`);
      return second.length;
    },
    () => "no request",
    () => fetchSync("https://b.example/").text().toUpperCase(),
    () => fetchSync("https://away.example/").statusText,
  ]);
  return Response.json([results, order, parallel([])]);
}
