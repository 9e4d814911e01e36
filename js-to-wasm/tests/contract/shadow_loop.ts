// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const name = "A";
  let v = "";
  for (const name of req.path.split("/")) { v = v + name; }
  v = v + (env(name) ?? "");
  return Response.text(`${v}`);
}
