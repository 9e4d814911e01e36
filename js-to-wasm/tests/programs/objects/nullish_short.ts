// `??` leaves out its right side
function handler(): Response {
  const out: string[] = [];
  const right = (): string => {
    out.push("evaluated");
    return "right";
  };
  const values: (string | undefined)[] = ["left", undefined];
  for (const value of values) {
    out.push(value ?? right());
  }
  return Response.text(out.join("\n"));
}
