// Two closures share one binding
function handler(): Response {
  let n = 1;
  const get = () => n;
  const set = (value: number) => {
    n = value;
  };
  set(5);
  const lines = [
    JSON.stringify(get()),
    JSON.stringify(get()),
  ];
  return Response.text(lines.join("\n"));
}
