type Left<E> = { readonly tag: "left"; readonly error: E };
type Right<A> = { readonly tag: "right"; readonly value: A };
type Either<E, A> = Left<E> | Right<A>;
const left = <E,>(error: E): Left<E> => ({ tag: "left", error });
const right = <A,>(value: A): Right<A> => ({ tag: "right", value });
const isRight = <E, A>(either: Either<E, A>): either is Right<A> => either.tag === "right";
const chain = <E, A, B>(either: Either<E, A>, f: (value: A) => Either<E, B>): Either<E, B> => (isRight(either) ? f(either.value) : either);
const fold = <E, A, R>(either: Either<E, A>, onLeft: (error: E) => R, onRight: (value: A) => R): R =>
  match (either) {
    when { tag: "left" }: onLeft(either.error)
    when { tag: "right" }: onRight(either.value)
  };
type Failure = "not a number" | "negative" | "too large";
const parse = (text: string): Either<Failure, number> => {
  const value = Number(text);
  return Number.isNaN(value) ? left("not a number") : right(value);
};
const positive = (value: number): Either<Failure, number> => (value < 0 ? left("negative") : right(value));
const small = (value: number): Either<Failure, number> => (value > 100 ? left("too large") : right(value));
export function handler(req: Request): Response {
  const results = ["7", "x", "-1", "500"].map((text) => fold(chain(chain(parse(text), positive), small), (error) => `error: ${error}`, (value) => `ok: ${value * 2}`));
  return Response.json(results);
}
