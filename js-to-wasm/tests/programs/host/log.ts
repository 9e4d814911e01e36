// Lines of purview:log
import { logDebug, logError, logInfo, logWarn } from "purview:log";
function handler(): Response {
  logInfo("started");
  logDebug("detail", { n: 1 });
  logWarn("hm", { list: [1, "a"] });
  logError("bad");
  return Response.text("ok");
}
