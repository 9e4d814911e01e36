// {"env": ["A2"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = 1 + 1;
  const v = env(`A${n}`) ?? "";
  return Response.text(`${v}`);
}
