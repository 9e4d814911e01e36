// {"env": ["X_A", "X_B"]}
import { env } from "purview:env";
const inner = (n: string): string => env(n) ?? "";
const outer = (n: string): string => inner(`X_${n}`);
export function handler(req: Request): Response {
  const v = outer("A") + outer("B");
  return Response.text(`${v}`);
}
