// Modules run before those that import them
import { lines } from "./_first";
import { after } from "./_second";
const own = `${lines.length}`;
function handler(): Response {
  return Response.text(`${lines.join()} ${after} ${own}`);
}
