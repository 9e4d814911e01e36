// {"env": ["A_true"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const b = true;
  const v = env(`A_${b}`) ?? "";
  return Response.text(`${v}`);
}
