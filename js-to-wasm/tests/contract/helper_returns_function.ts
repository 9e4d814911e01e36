// {"env": ["A"]}
import { env } from "purview:env";
const get = (): typeof env => env;
export function handler(req: Request): Response {
  const v = get()("A") ?? "";
  return Response.text(`${v}`);
}
