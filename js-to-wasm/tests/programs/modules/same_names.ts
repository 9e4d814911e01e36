// Names of files do not meet
import { value } from "./_one";
import { value as other } from "./_two";
const hidden = "main";
function handler(): Response {
  return Response.text(`${value()} ${other()} ${hidden}`);
}
