// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = Object.entries({ a: "A" }).map(([, n]) => env(n) ?? "").join("");
  return Response.text(`${v}`);
}
