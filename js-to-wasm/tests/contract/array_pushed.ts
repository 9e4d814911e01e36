// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = ["A"];
  names.push(req.path);
  const v = env(names[0] ?? "") ?? "";
  return Response.text(`${v}`);
}
