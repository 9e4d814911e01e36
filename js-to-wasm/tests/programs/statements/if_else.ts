// if, else if, else
function handler(): Response {
  const out: string[] = [];
  for (const n of [-1, 0, 1, 10]) {
    if (n < 0) out.push("negative");
    else if (n === 0) out.push("zero");
    else if (n < 5) {
      out.push("few");
    } else {
      out.push("many");
    }
  }
  return Response.text(out.join("\n"));
}
