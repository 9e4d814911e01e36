// {"env": ["X_A_Y", "X_B_Y"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = req.path === "/" ? "A" : "B";
  const v = env(`X_${n}_Y`) ?? "";
  return Response.text(`${v}`);
}
