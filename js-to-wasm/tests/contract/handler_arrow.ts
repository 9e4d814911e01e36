// {"env": ["A"]}
import { env } from "purview:env";
export const handler = (req: Request): Response => Response.text(env("A") ?? "");
