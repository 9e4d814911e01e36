// {"env": ["*"]}
import { env } from "purview:env";
const make = (n: string) => (): string => env(n) ?? "";
export function handler(req: Request): Response {
  const v = make(req.path)();
  return Response.text(`${v}`);
}
