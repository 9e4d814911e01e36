// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = Object.values({ a: "A", b: "B" }).map((k) => env(k) ?? "").join("");
  return Response.text(`${v}`);
}
