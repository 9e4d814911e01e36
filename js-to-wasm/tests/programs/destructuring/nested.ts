// Nested patterns
function handler(): Response {
  const out: string[] = [];
  const { user: { name, tags: [first, ...others] }, n: [[deep]] } = { user: { name: "u", tags: ["t1", "t2", "t3"] }, n: [[7]] };
  out.push(name, first ?? "", others.join(), `${deep}`);
  return Response.text(out.join("\n"));
}
