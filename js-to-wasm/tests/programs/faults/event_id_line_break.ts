export function handler(): Response {
  return Response.stream((writer) => writer.event({ id: "a\rb", data: "c" }));
}
