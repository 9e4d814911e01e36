// {"env": ["A"]}
import { env } from "purview:env";
const read = env;
export function handler(req: Request): Response {
  const v = read("A") ?? "";
  return Response.text(`${v}`);
}
