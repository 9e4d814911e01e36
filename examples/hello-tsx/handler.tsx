// A page and a JSON route. The module imports one environment variable and nothing else.
import { env } from "purview:env";

function Page(props: { name: string }) {
  return <p class="greeting">Hello, {props.name}!</p>;
}

export default function handler(request: Request): Response {
  return match (request.path) {
    when "/": Response.html(renderToString(<Page name={env("WHO") ?? "world"} />))
    when "/json": Response.json({ hello: "world", query: request.query })
    default: Response.text("nothing here", { status: 404 })
  };
}
