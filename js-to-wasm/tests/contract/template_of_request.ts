// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env(`A_${req.path}`) ?? "";
  return Response.text(`${v}`);
}
