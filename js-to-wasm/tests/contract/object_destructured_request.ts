// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const { path } = req;
  const v = env(path) ?? "";
  return Response.text(`${v}`);
}
