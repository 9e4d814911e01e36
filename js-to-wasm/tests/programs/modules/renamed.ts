// Imports under other names
import { double as twice, name as label } from "./_values.ts";
function handler(): Response {
  return Response.text(`${twice(2)} ${label}`);
}
