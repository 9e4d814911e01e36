// {"env": ["*"]}
import { env } from "purview:env";
const Show = (props: { read: (name: string) => string | undefined; name: string }) => <p>{props.read(props.name) ?? ""}</p>;
export function handler(req: Request): Response {
  return Response.html(renderToString(<Show read={env} name={req.path} />));
}
