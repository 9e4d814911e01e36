// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = ["A"];
  names.push("B");
  const v = names.map((n) => env(n) ?? "").join("");
  return Response.text(`${v}`);
}
