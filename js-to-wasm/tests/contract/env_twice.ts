// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = `${env("A") ?? ""}${env("B") ?? ""}`;
  return Response.text(`${v}`);
}
