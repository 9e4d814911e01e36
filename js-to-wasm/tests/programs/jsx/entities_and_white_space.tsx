// What entities stand for is never trimmed, nor is it a line end.
export function handler(): Response {
  const show = (element: JSX.Element): string => renderToString(element);
  return Response.json([
    show(<p>a&#10;b</p>),
    show(<p>
      &#32;a&#9;
      b&#x20;
    </p>),
    show(<p>&nbsp;
      a &nbsp;
    </p>),
    show(<p>&amp;lt;&lt; &nope; & a&;
    </p>),
    show(<p>	tab	
	b</p>),
  ]);
}
