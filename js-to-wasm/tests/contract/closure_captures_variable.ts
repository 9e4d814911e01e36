// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let name = "A";
  const read = (): string => env(name) ?? "";
  name = "B";
  const v = read();
  return Response.text(`${v}`);
}
