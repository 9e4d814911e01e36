// React's names become those of HTML
function handler(): Response {
  const pages = [
    <input tabIndex={1} readOnly maxLength={5} autoFocus autoComplete="off" />,
    <td colSpan={2} rowSpan={3}>x</td>,
    <form encType="multipart/form-data" noValidate acceptCharset="utf-8"></form>,
    <img srcSet="a 1x" crossOrigin="anonymous" />,
    <time dateTime="2026-01-01">x</time>,
    <meta httpEquiv="refresh" charSet="utf-8" />,
    <div contentEditable="true" spellCheck="false" />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
