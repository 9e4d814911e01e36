// TypeScript imports JavaScript
import { add } from "./_add.js";
function handler(): Response {
  return Response.text(`${add(1, 2)}`);
}
