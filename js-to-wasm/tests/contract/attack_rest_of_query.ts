// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const { other, ...rest } = { other: "x", ...req.query };
  console.log(other ?? "");
  return Response.json(env(rest["name"] ?? "A") ?? "");
}
