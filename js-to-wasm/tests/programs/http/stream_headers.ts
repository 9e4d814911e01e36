// Status and fields are sent before the first text: until then they can change.
function made(): Response {
  const late = (): Response => answer;
  const answer: Response = Response.stream((writer) => {
    late().headers.set("x-before", "1");
    writer.write("");
    late().headers.set("x-still", "2");
    writer.write("text");
    late().headers.set("x-after", "3");
  });
  return answer;
}

export function handler(): Response {
  return made();
}
