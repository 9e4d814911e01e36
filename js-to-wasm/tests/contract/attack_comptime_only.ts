// {"env": ["A_B_C"]}
import { env } from "purview:env";
const NAME = comptime(["A", "B"].join("_"));
export function handler(req: Request): Response {
  return Response.json(env(`${NAME}_C`) ?? "");
}
