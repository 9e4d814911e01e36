// Updating a copy deep inside
function handler(): Response {
  const state = { user: { name: "a", tags: ["x"] }, n: 1 };
  const next = { ...state, user: { ...state.user, tags: [...state.user.tags, "y"] } };
  const lines = [
    JSON.stringify(next),
    JSON.stringify(state),
  ];
  return Response.text(lines.join("\n"));
}
