// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = Object.keys({ A: 1, B: 2 }).map((k) => env(k) ?? "").join("");
  return Response.text(`${v}`);
}
