// {"env": ["*"]}
import { env } from "purview:env";
const join = [(text: string) => text, (text: string) => `${text}`].reduce((f, g) => (text) => g(f(text)));
export function handler(req: Request): Response {
  return Response.json(env(join(req.path)) ?? "");
}
