// {"env": ["A"]}
import { env } from "purview:env";
const make = (n: string) => (req: Request): Response => Response.text(env(n) ?? "");
export const handler = make("A");
