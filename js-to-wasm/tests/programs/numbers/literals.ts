// Forms of numbers
function handler(): Response {
  const lines = [
    JSON.stringify(255),
    JSON.stringify(0xff),
    JSON.stringify(0b1010),
    JSON.stringify(0o17),
    JSON.stringify(1_000_000),
    JSON.stringify(.5),
    JSON.stringify(5.),
    JSON.stringify(1e3),
    JSON.stringify(1E-3),
    JSON.stringify(0.1),
    JSON.stringify(0XAB),
    JSON.stringify(1e+2),
  ];
  return Response.text(lines.join("\n"));
}
