// {"env": ["A", "B"]}
import { env } from "purview:env";
import { guard } from "purview:compose";
const check = (req: Request): Response | undefined => env("A") === undefined ? Response.text("no") : undefined;
const inner = (req: Request): Response => Response.text(env("B") ?? "");
export const handler = guard(check)(inner);
