// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json([req.path, "A"].reduceRight((all, name) => `${all}${env(name) ?? ""}`, ""));
}
