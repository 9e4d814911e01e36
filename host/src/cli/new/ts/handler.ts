// PROJECT: a greeting as JSON.
import { env } from "purview:env";

export default function handler(request: Request): Response {
  return match (request.path) {
    when "/": Response.json({ text: `${env("GREETING") ?? "Hello"}, world!` })
    default: Response.json({ detail: "Not Found" }, { status: 404 })
  };
}
