// Templates and their escapes
function handler(): Response {
  const lines = [
    JSON.stringify(`a${1}b${"c"}d`),
    JSON.stringify(`${1 + 2}`),
    JSON.stringify(`\n\t\u0041 \` \${x} $ {`),
    JSON.stringify(`line one
line two`),
    JSON.stringify(`${true} ${undefined}`),
    JSON.stringify(``),
    JSON.stringify(`${`inner ${1}`}`),
    JSON.stringify(`${[1, 2].length}`),
  ];
  return Response.text(lines.join("\n"));
}
