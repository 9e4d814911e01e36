function handler(): Response {
  return Response.stream((writer) => {
    writer.event({ data: "one" });
    writer.event({ event: "tick", id: "7", retry: 1000, data: "two\nlines" });
  }, { headers: { "content-type": "text/event-stream" } });
}
