// Imports of types
import type { Pair } from "./_values";
import { type Named, double } from "./_values";
const add = ({ a, b }: Pair): number => a + b;
const show = (n: Named): string => n.name;
function handler(): Response {
  return Response.text(`${add({ a: 1, b: double(1) })} ${show({ name: "x" })}`);
}
