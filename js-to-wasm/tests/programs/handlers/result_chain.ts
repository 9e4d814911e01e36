// request: {"url":"/?ages=3,41"}
type ParseError = { code: "empty" | "format" | "range"; message: string };

function parseAge(text: string | undefined): Result<number, ParseError> {
  if (text === undefined || text.length === 0) {
    return Result.err({ code: "empty", message: "age is missing" });
  }
  const age = Number(text);
  if (Number.isNaN(age)) {
    return Result.err({ code: "format", message: `"${text}" is not a number` });
  }
  if (age < 0 || age > 150) {
    return Result.err({ code: "range", message: "age must be between 0 and 150" });
  }
  return Result.ok(age);
}

function collect<T, E>(results: Result<T, E>[]): Result<T[], E> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) {
      return Result.err(result.error);
    }
    values.push(result.value);
  }
  return Result.ok(values);
}

export function handler(req: Request): Response {
  const ages = collect((req.query.ages ?? "").split(",").map(parseAge));
  if (ages.isErr()) {
    const { code, message } = ages.error;
    return Response.json({ code, message }, { status: code === "empty" ? 400 : 422 });
  }
  const doubled = ages.map((list) => list.map((age) => age * 2));
  return Response.json({ average: ages.value.reduce((a, b) => a + b, 0) / ages.value.length, doubled: doubled.unwrapOr([]) });
}
