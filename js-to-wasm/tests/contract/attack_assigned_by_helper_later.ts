// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let name = "A";
  const set = () => { name = req.path; };
  const read = () => env(name);
  set();
  return Response.json(read() ?? "");
}
