// Texts and links from outside, made fit for a page: escaped, cut, hidden in part, named by a slug. A link loses what only follows its
// reader. The table of routes is a value: `routerMatch` finds the entry, and the compiler exports each by its name.
import { routerMatch } from "purview:router";
import { escapeHtml, mask, slugify, truncate, unescapeHtml } from "purview:text";
import { urlDecode, urlEncode, urlParse, urlSearchParams } from "purview:url";

type Params = Record<string, string>;

/** A card for `?title=…&text=…`. */
function card(request: Request): Response {
  const title = request.query.title ?? "untitled";
  const text = truncate(request.query.text ?? "", 24, "…");
  return Response.html(`<article id="${slugify(title)}"><h2>${escapeHtml(title)}</h2><p>${escapeHtml(text)}</p></article>`);
}

/** The link in the body without the parameters of campaigns. */
function clean(request: Request): Response {
  const link = urlParse(request.text());
  assert link !== undefined, Response.text("this is no link", { status: 422 });
  const kept = Object.entries(link.searchParams).filter(([name]) => !name.startsWith("utm_"));
  const query = kept.map(([name, value]) => `${urlEncode(name)}=${urlEncode(value)}`).join("&");
  const port = link.port === "" ? "" : `:${link.port}`;
  return Response.text(`${link.protocol}//${link.host}${port}${link.path}${query === "" ? "" : `?${query}`}`);
}

/** The number of an account, all but its end hidden. */
const account = (_: Request, params: Params): Response => Response.text(mask(urlDecode(params.number ?? "")));

/** A form's field `html` as the text that it shows. */
const plain = (request: Request): Response => Response.text(unescapeHtml(urlSearchParams(request.text()).html ?? ""));

export function handler(request: Request): Response {
  const found = routerMatch({
    "GET /card": card,
    "POST /clean": clean,
    "GET /accounts/:number": account,
    "POST /plain": plain,
  }, request);
  return found === undefined ? Response.text("nothing here", { status: 404 }) : found.handler(request, found.params);
}
