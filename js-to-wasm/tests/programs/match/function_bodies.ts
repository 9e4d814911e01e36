// match whose bodies are functions
function handler(): Response {
  const op = (name: string) => match (name) {
    when "add": (a: number, b: number) => a + b
    when "mul": (a: number, b: number) => a * b
    default: (a: number, _: number) => a
  };
  const lines = [
    JSON.stringify(op("add")(3, 4)),
    JSON.stringify(op("mul")(3, 4)),
    JSON.stringify(op("?")(3, 4)),
  ];
  return Response.text(lines.join("\n"));
}
