// PROJECT: a page whose button fetches a part of it.
import { env } from "purview:env";

function Page(props: { greeting: string }) {
  return (
    <html>
      <head>
        <title>PROJECT</title>
        <script src="https://unpkg.com/htmx.org@2.0.4"></script>
      </head>
      <body>
        <h1>{props.greeting}, world!</h1>
        <button hx-get="/part" hx-target="#part">Fetch</button>
        <div id="part"></div>
      </body>
    </html>
  );
}

function Part(props: { method: string }) {
  return <p>fetched with {props.method}</p>;
}

export default function handler(request: Request): Response {
  switch (request.path) {
    case "/":
      return Response.html(renderToString(<Page greeting={env("GREETING") ?? "Hello"} />));
    case "/part":
      return Response.html(renderToString(<Part method={request.method} />));
    default:
      return Response.text("nothing here", { status: 404 });
  }
}
