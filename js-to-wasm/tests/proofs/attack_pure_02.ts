// {"open": {"pure": ""}}
import { env } from "purview:env";
const read = [env];
export function handler(req: Request): Response {
  return Response.json(read.map((f) => f("A") ?? ""));
}
