// PROJECT: a page.
import { env } from "purview:env";

function Page(props: { greeting: string }) {
  return <main><h1>{props.greeting}, world!</h1></main>;
}

export default function handler(request: Request): Response {
  return match (request.path) {
    when "/": Response.html(renderToString(<Page greeting={env("GREETING") ?? "Hello"} />))
    default: Response.text("nothing here", { status: 404 })
  };
}
