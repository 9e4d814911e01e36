// Lines of the log cannot be forged and have an end
import { logError, logInfo, logWarn } from "purview:log";
function handler(): Response {
  logInfo("a\nb\r\tc\u001b[31m\u0000\u007f");
  logWarn("fields", { text: "x\ny", nested: { n: 1.5, list: [true] } });
  logError("ü".repeat(10000));
  return Response.text("ok");
}
