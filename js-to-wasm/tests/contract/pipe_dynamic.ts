// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = (req.path |> env) ?? "";
  return Response.text(`${v}`);
}
