// {"env": ["A"]}
import { env } from "purview:env";
import { settings } from "./b";
export function handler(req: Request): Response {
  return Response.json(env(settings.name) ?? "");
}
// file: b.ts
export const settings = { name: "A" };
