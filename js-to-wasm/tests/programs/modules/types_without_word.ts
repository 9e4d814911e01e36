// A type imported like a value
import { Pair, double } from "./_values";
const add = (p: Pair): number => p.a + p.b;
function handler(): Response {
  return Response.text(`${add({ a: 1, b: double(2) })}`);
}
