// {"env": ["A"]}
import { env } from "purview:env";
const call = (f: (n: string) => string | undefined, n: string): string => f(n) ?? "";
export function handler(req: Request): Response {
  const v = call(env, "A");
  return Response.text(`${v}`);
}
