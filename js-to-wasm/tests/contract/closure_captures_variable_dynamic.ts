// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let name = "A";
  const read = (): string => env(name) ?? "";
  name = req.path;
  const v = read();
  return Response.text(`${v}`);
}
