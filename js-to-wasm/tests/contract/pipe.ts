// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = ("A" |> env) ?? "";
  return Response.text(`${v}`);
}
