// {"env": ["*"]}
import { env } from "purview:env";
const read = ({ name = "A" }: { name?: string } = {}): string | undefined => env(name);
export function handler(req: Request): Response {
  read();
  return Response.json(read({ name: req.path }) ?? "");
}
