// {"env": ["A"]}
import { env } from "purview:env";
const answer = (req: Request): Response => Response.text(env("A") ?? "");
export default answer;
