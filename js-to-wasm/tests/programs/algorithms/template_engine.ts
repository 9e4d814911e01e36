// Filling a template
const fill = (text: string, values: Record<string, string>): string => Object.entries(values).reduce((result, [key, value]) => result.replaceAll(`{${key}}`, value), text);
function handler(): Response {
  const lines = [
    JSON.stringify(fill("Hello {name}, {greeting}! {missing}", { name: "Ada", greeting: "hi" })),
  ];
  return Response.text(lines.join("\n"));
}
