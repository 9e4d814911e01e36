// {"env": ["*"]}
import { env } from "purview:env";
const FIRST = "A";
export function handler(req: Request): Response {
  return Response.json(env(`${FIRST}${""}${req.query.x ?? ""}`) ?? "");
}
