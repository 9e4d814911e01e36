// Fizz and buzz
const say = (n: number): string => n % 15 === 0 ? "FizzBuzz" : n % 5 === 0 ? "Buzz" : n % 3 === 0 ? "Fizz" : `${n}`;
function handler(): Response {
  const lines = [
    JSON.stringify(range(1, 16).map(say).join()),
  ];
  return Response.text(lines.join("\n"));
}
