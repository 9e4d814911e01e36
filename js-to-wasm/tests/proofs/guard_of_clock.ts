// {"open": {"deterministic": "reads the clock"}}
import { guard } from "purview:compose";
const check = (req: Request): Response | undefined => Date.now() > 1 ? undefined : Response.text("no");
const inner = (req: Request): Response => Response.text("ok");
export const handler = guard(check)(inner);
