// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const back: { n: string } = JSON.parse(JSON.stringify({ n: req.path }));
  return Response.json(env(back.n) ?? "");
}
