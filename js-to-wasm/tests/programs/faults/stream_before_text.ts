// As long as nothing is written, a fault is a 500.
export function handler(): Response {
  return Response.stream((writer) => {
    writer.write("");
    writer.write(JSON.parse("{}").a.b);
  });
}
