// switch with continue
function handler(): Response {
  const out: string[] = [];
  for (const n of range(5)) {
    switch (n % 3) {
      case 0:
        continue;
      case 1:
        out.push(`one ${n}`);
        continue;
      default:
        out.push(`two ${n}`);
        continue;
    }
  }
  return Response.text(out.join("\n"));
}
