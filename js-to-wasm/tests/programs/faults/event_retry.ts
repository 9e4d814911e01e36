export function handler(): Response {
  return Response.stream((writer) => writer.event({ retry: 1.5, data: "c" }));
}
