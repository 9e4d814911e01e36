// {"env": ["A"]}
import { env } from "purview:env";
const Show = ({ name }: { name: string }) => <b>{env(name) ?? ""}</b>;
export function handler(req: Request): Response {
  const props = { name: "A" };
  return Response.html(renderToString(<p><Show {...props} /></p>));
}
