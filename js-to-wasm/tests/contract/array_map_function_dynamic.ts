// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = req.path.split("/").map(env).join("");
  return Response.text(`${v}`);
}
