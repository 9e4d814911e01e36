// {"env": ["A"]}
import { env } from "purview:env";
export default (req: Request): Response => Response.text(env("A") ?? "");
