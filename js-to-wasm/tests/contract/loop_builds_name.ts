// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let n = "";
  for (const c of ["A", "B"]) { n = n + c; }
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
