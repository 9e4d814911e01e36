// request: {"method":"POST","url":"/","body":"{\"email\":\"a@b.c\",\"password\":\"x\",\"age\":12}"}
type Rule<T> = { test: (value: T) => boolean; message: string };

interface SignUp {
  email: string;
  password: string;
  age: number;
}

const emailRules: Rule<string>[] = [
  { test: (value) => value.includes("@"), message: "must be an address" },
  { test: (value) => value.length < 255, message: "is too long" },
];
const ageRules: Rule<number>[] = [{ test: (value) => value >= 18, message: "must be 18 or more" }];

const violations = <T,>(value: T, rules: Rule<T>[]): string[] =>
  rules.filter((rule) => !rule.test(value)).map((rule) => rule.message);

function isSignUp(value: unknown): value is SignUp {
  return (
    typeof value === "object" &&
    value !== undefined &&
    "email" in value &&
    typeof value.email === "string" &&
    "password" in value &&
    typeof value.password === "string" &&
    "age" in value &&
    typeof value.age === "number"
  );
}

export function handler(req: Request): Response {
  const body: unknown = JSON.parse(req.body ?? "{}");
  if (!isSignUp(body)) {
    return Response.json({ error: "malformed" }, { status: 400 });
  }
  const errors = {
    email: violations(body.email, emailRules),
    age: violations(body.age, ageRules),
  };
  const failed = Object.values(errors).some((list) => list.length > 0);
  return failed ? Response.json({ errors }, { status: 422 }) : Response.json({ welcome: body.email });
}
