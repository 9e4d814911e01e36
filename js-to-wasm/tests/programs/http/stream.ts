function handler(): Response {
  return Response.stream((writer) => {
    for (const i of range(3)) {
      writer.write(`part ${i}\n`);
    }
  });
}
