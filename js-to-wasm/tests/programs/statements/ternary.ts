// Chained conditionals
function handler(): Response {
  const out: string[] = [];
  const grade = (n: number): string => n >= 90 ? "A" : n >= 80 ? "B" : n >= 70 ? "C" : "D";
  out.push([95, 85, 75, 5].map(grade).join());
  return Response.text(out.join("\n"));
}
