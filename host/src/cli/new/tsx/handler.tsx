// PROJECT: a page.
import { env } from "purview:env";

function Page(props: { greeting: string }) {
  return <main><h1>{props.greeting}, world!</h1></main>;
}

export default function handler(request: Request): Response {
  switch (request.path) {
    case "/":
      return Response.html(renderToString(<Page greeting={env("GREETING") ?? "Hello"} />));
    default:
      return Response.text("nothing here", { status: 404 });
  }
}
