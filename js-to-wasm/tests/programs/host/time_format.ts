// formatIso and formatHttp
import { formatHttp, formatIso } from "purview:time";
function handler(): Response {
  const lines = [
    JSON.stringify(formatIso(0)),
    JSON.stringify(formatIso(1700000000123)),
    JSON.stringify(formatHttp(0)),
    JSON.stringify(formatHttp(784111777000)),
  ];
  return Response.text(lines.join("\n"));
}
