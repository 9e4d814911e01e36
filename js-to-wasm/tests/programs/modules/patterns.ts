// Exports that are patterns
import { first, second } from "./_values";
function handler(): Response {
  return Response.text(`${first} ${second}`);
}
