// Empty statements and blocks
function handler(): Response {
  const out: string[] = [];
  ;
  {}
  if (out.length === 0) {
  } else {
    out.push("never");
  }
  out.push("end");;
  return Response.text(out.join("\n"));
}
