// {"env": ["APP_KEY"]}
import { env } from "purview:env";
const P = "APP_";
const NAME = `${P}KEY`;
export function handler(req: Request): Response {
  const v = env(NAME) ?? "";
  return Response.text(`${v}`);
}
