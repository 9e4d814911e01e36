// truncate
import { truncate } from "purview:text";
function handler(): Response {
  const lines = [
    JSON.stringify(truncate("hello world", 8)),
    JSON.stringify(truncate("short", 10)),
    JSON.stringify(truncate("hello", 4, "…")),
    JSON.stringify(truncate("abc", 2)),
  ];
  return Response.text(lines.join("\n"));
}
