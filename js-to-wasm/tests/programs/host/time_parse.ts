// parseIso and addSeconds
import { addSeconds, parseIso } from "purview:time";
function handler(): Response {
  const lines = [
    JSON.stringify(parseIso("1970-01-01T00:00:01Z")),
    JSON.stringify(parseIso("2026-11-21")),
    `${parseIso("nope")}`,
    JSON.stringify(parseIso("2026-01-01T00:00:00+02:00")),
    JSON.stringify(addSeconds(1000, 2)),
  ];
  return Response.text(lines.join("\n"));
}
