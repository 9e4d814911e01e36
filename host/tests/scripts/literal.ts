// Two origins, each an import of its own.
export default function handler(request: Request): Response {
  const answer = request.path === "/a" ? fetchSync("http://localhost:18080/text/a") : fetchSync("https://api.example.com/x");
  return Response.text(`${answer.status} ${answer.error ?? answer.text()}`);
}
