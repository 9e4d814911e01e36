// A line end in a field of an event would begin another field.
export function handler(): Response {
  return Response.stream((writer) => writer.event({ event: "a\ndata: b", data: "c" }));
}
