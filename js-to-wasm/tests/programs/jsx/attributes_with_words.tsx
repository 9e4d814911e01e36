// To some attributes `true` and `false` are words: leaving them out would mean something else.
export function handler(req: Request): Response {
  const on = req.method === "GET";
  return Response.html(renderToString(
    <>
      <p aria-hidden aria-busy={false} aria-live="off" aria-pressed={on} aria-label={undefined} />
      <p contentEditable draggable={false} spellCheck={!on} hidden={on} />
      <p {...{ "aria-hidden": on, draggable: !on, disabled: !on, contentEditable: on }} />
      {h("p", { "aria-hidden": !on, spellcheck: on })}
    </>,
  ));
}
