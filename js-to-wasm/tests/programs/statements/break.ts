// Leaving a loop
function handler(): Response {
  const out: string[] = [];
  for (const n of range(100)) {
    if (n * n > 50) {
      out.push(`first ${n}`);
      break;
    }
  }
  out.push("after");
  return Response.text(out.join("\n"));
}
