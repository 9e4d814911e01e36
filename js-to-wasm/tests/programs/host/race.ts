// request: {"upstreams": {"https://slow.example/": {"body": "slow", "delay": 1000}, "https://fast.example/": {"body": "fast", "delay": 10}, "https://broken.example/": {"error": "ConnectFailed", "details": "refused", "delay": 1}}}
import { race } from "zttp:io";
function handler(): Response {
  const slow = () => fetchSync("https://slow.example/");
  const fast = () => fetchSync("https://fast.example/");
  const broken = () => fetchSync("https://broken.example/");
  const body = (answer: Response | undefined) => answer?.text() ?? "nothing";
  return Response.json([
    body(race([slow, fast])),
    body(race([fast, slow])),
    body(race([broken, slow, fast])),
    body(race([slow, broken, fast])),
    body(race([broken, slow])),
    race([broken, broken])?.statusText,
    race([() => slow().text(), () => fast().text().toUpperCase()]),
    race([() => "at once", () => "later"]),
    race([]) === undefined,
  ]);
}
