// {"env": ["*"]}
import { env } from "purview:env";
const Show = ({ name }: { name: string }) => <b>{env(name) ?? ""}</b>;
export function handler(req: Request): Response {
  return Response.html(renderToString(<p><Show name={req.path} /></p>));
}
