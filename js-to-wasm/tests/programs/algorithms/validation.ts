// Checking a form
type Form = { name?: string; age?: string };
const check = (form: Form) => {
  const errors: string[] = [];
  const name = form.name ?? "";
  const age = parseInt(form.age ?? "", 10);
  if (name === "") {
    errors.push("name is missing");
  }
  if (Number.isNaN(age)) {
    errors.push("age is no number");
  }
  return errors.length === 0 ? Result.ok({ name, age }) : Result.err(errors);
};
function handler(): Response {
  const lines = [
    JSON.stringify(check({ name: "Ada", age: "36" })),
    JSON.stringify(check({ name: "", age: "x" })),
    JSON.stringify(check({})),
  ];
  return Response.text(lines.join("\n"));
}
