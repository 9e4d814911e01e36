// assert with a value returns from its function
function handler(): Response {
  const out: string[] = [];
  const half = (n: number): number => {
    assert n % 2 === 0, -1;
    return n / 2;
  };
  const pick = (list: string[]): string => {
    for (const s of list) {
      assert s !== "stop", "stopped";
    }
    return "done";
  };
  out.push([4, 5].map(half).join(), pick(["a", "b"]), pick(["a", "stop", "b"]));
  return Response.text(out.join("\n"));
}
