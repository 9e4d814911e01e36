// {"env": ["*"]}
import { env } from "purview:env";
const id = <T,>(value: T): T => value;
export function handler(req: Request): Response {
  return Response.json(id(env)(id(req.path)) ?? "");
}
