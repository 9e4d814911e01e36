// A function without return gives undefined
function handler(): Response {
  const f = (): undefined => {};
  const g = (b: boolean): number | undefined => {
    if (b) {
      return 1;
    }
  };
  const lines = [
    `${f()}`,
    `${g(true)}`,
    `${g(false)}`,
  ];
  return Response.text(lines.join("\n"));
}
