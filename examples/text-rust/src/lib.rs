//! Texts, links and header fields from outside, made fit for an answer: escaped, cut, hidden in part, named by a slug; a link without
//! what only follows its reader; the kind of answer that the client likes best, readable for the pages of a friend.

use purview_guest::{
    Path, Query, Request, Response, Schema, get,
    http::{self, Cors},
    post, text,
    url::{self, Url},
};
use serde::Deserialize;

#[derive(Deserialize, Schema)]
struct Card {
    title: String,
    text: String,
}

/// A card for a page.
#[get("/card", gives = Response)]
fn card(Query(card): Query<Card>) -> Response {
    let (id, title) = (text::slugify(&card.title), text::escape_html(&card.title));
    let text = text::escape_html(&text::truncate(&card.text, 24, "…"));
    Response::html(format!("<article id=\"{id}\"><h2>{title}</h2><p>{text}</p></article>"))
}

/// The link in the body without the parameters of campaigns.
#[post("/clean", responses(422 = "No link"))]
fn clean(request: &Request) -> Response {
    let body = String::from_utf8_lossy(request.body());
    let Some(link) = Url::parse(&body) else {
        return Response::text("this is no link").status(422);
    };
    let kept = url::query(link.query).into_iter().filter(|(name, _)| !name.starts_with("utm_"));
    let kept = kept.map(|(name, value)| format!("{}={}", url::encode(&name), url::encode(&value)));
    let query = kept.collect::<Vec<_>>().join("&");
    let port = link.port.map(|port| format!(":{port}")).unwrap_or_default();
    let question = if query.is_empty() { "" } else { "?" };
    Response::text(format!("{}://{}{port}{}{question}{query}", link.scheme, link.host, link.path))
}

/// The number of an account, all but its end hidden.
#[get("/accounts/{number}")]
fn account(Path(number): Path<String>) -> String {
    text::mask(&number, 4)
}

/// The greeting as the client wants it.
#[get("/", responses(406 = "Neither text nor JSON"))]
fn greet(request: &Request) -> Response {
    let cookies = request.header("cookie").unwrap_or_default();
    let who = http::cookie(cookies, "name").unwrap_or("stranger");
    let accept = request.header("accept").unwrap_or_default();
    let answer = match http::negotiate(accept, &["text/plain", "application/json"]) {
        Some("text/plain") => Response::text(format!("Hello, {who}!")),
        Some(_) => Response::json(&serde_json::json!({ "hello": who })),
        None => return Response::text("text/plain or application/json").status(406),
    };
    match request.header("origin") {
        Some(origin @ "https://app.example.com") => {
            let fields = Cors::new(origin).credentials().fields();
            fields.into_iter().fold(answer, |answer, (name, value)| answer.header(name, value))
        }
        _ => answer,
    }
}
