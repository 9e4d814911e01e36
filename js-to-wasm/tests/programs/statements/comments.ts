// Comments
function handler(): Response {
  const out: string[] = [];
  // a line
  out.push("a"); /* between */ out.push("b" /* inside */);
  /**
   * several lines: match (x) { when 1: 2 } |> assert
   */
  out.push("c"); // end
  return Response.text(out.join("\n"));
}
