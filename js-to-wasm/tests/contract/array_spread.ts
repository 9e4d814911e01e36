// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = [...["A"], "B"].map((n) => env(n) ?? "").join("");
  return Response.text(`${v}`);
}
