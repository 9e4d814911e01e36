// Balanced brackets
const closing: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
const balanced = (text: string): boolean => {
  const stack: string[] = [];
  for (const c of text) {
    const open = closing[c];
    if (open === undefined) {
      stack.push(c);
    } else if (stack.pop() !== open) {
      return false;
    }
  }
  return stack.length === 0;
};
function handler(): Response {
  const lines = [
    JSON.stringify(["()[]{}", "([{}])", "(]", "(", ")", ""].map(balanced)),
  ];
  return Response.text(lines.join("\n"));
}
