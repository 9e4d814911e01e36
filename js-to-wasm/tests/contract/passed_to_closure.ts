// {"env": ["A"]}
import { env } from "purview:env";
const make = (f: (n: string) => string | undefined) => (n: string): string => f(n) ?? "";
export function handler(req: Request): Response {
  const v = make(env)("A");
  return Response.text(`${v}`);
}
