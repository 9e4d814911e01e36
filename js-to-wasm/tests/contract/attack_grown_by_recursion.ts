// {"env": ["*"]}
import { env } from "purview:env";
const grow = (n: number, text: string): string => (n === 0 ? text : grow(n - 1, `${text}A`));
export function handler(req: Request): Response {
  return Response.json(env(grow(req.path.length, "")) ?? "");
}
