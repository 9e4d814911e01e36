// match with lists in lists, lists in objects and objects in lists
function handler() {
  const f = (v) => match (v) {
    when [["a", _], [..._]]: "lists in a list"
    when [{ kind: "point", at: [0, 0] }]: "origin"
    when [{ kind: "point" }, ..._]: "points"
    when { tags: ["x", ..._], name: _ }: "tagged x"
    when { tags: [] }: "no tags"
    when { tags: [{ deep: [_, [1]] }] }: "deep"
    default: "other"
  };
  const lines = [
    f([["a", 1], []]),
    f([["a", 1], [1, 2]]),
    f([["a"], []]),
    f([{ kind: "point", at: [0, 0] }]),
    f([{ kind: "point", at: [0, 1] }]),
    f([{ kind: "point" }, 1, 2]),
    f({ tags: ["x", "y"], name: "n" }),
    f({ tags: ["x"] }),
    f({ tags: [] }),
    f({ tags: [{ deep: [0, [1]] }] }),
    f({ tags: [{ deep: [0, [1, 2]] }] }),
    f({ tags: "x" }),
  ];
  return Response.text(lines.join("\n"));
}
