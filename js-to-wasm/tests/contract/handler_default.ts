// {"env": ["A"]}
import { env } from "purview:env";
export default function (req: Request): Response { return Response.text(env("A") ?? ""); }
