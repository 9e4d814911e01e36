// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = ["B", "A"].toSorted((a, b) => a < b ? -1 : 1).map((n) => env(n) ?? "").join("");
  return Response.text(`${v}`);
}
