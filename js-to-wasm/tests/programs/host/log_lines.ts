// Lines of the log: texts as they are, fields after them; no NUL is in a message
import { logError, logInfo, logWarn } from "purview:log";
function handler(): Response {
  logInfo("a\tb\u001b[31m\u0000{\"forged\":true}\u007f");
  logWarn("fields", { text: "x\ny\u0000", nested: { n: 1.5, list: [true] } });
  logWarn("a list", [1, "two"]);
  console.error(Error("broke"), TypeError(""), [Error("inside")]);
  console.log("also\u0000here", { a: 1 });
  return Response.text("ok");
}
