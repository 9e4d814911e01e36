//! A guest that uses every part of the SDK once; `host/tests/guest.rs` calls its routes on a bare engine.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

use purview_guest::{
    Bearer, BodyReader, Depends, Event, Header, HttpError, Json, MultipartForm, Next, Path, Query, Request,
    Response, Schema, SetCookie, SigningKey, Upload, any, catch_all, clock, dependency, env, env_any, get,
    log, post, random, route, router,
};
use serde::Deserialize;
use serde_json::Value;

/// Everything of the request, to be compared as one text.
#[any("/echo/{a}/{*b}")]
fn echo(request: &Request) -> String {
    let params: Vec<_> = request.params().collect();
    let pairs: Vec<_> = request.query_pairs().collect();
    let headers = request.headers().count();
    let (method, path, peer) = (request.method(), request.path(), request.peer());
    format!("{method} {path} {params:?} {pairs:?} {headers} {peer} {:?}", request.text())
}

#[route("PURGE", "/p")]
fn purge() -> (u16, &'static str) {
    (202, "purged")
}

#[catch_all]
fn otherwise(request: &Request) -> (u16, String) {
    (404, format!("nothing at {}", request.path()))
}

#[get("/env")]
fn variables() -> String {
    format!(
        "{:?} {:?} {:?} {:?}",
        env!("GREETING"),
        env!("ABSENT"),
        env_any("GREETING"),
        env!("GREETING").is_some()
    )
}

/// More header fields than lie beside the response record.
#[get("/headers/{count}")]
fn headers(Path(count): Path<usize>) -> Response {
    (0..count).fold(Response::text("many"), |response, index| {
        response.header(format!("x-{index}"), index.to_string())
    })
}

#[get("/header-injection")]
fn injection(request: &Request) -> Response {
    let value = request.query_value("value").unwrap_or_default().into_owned();
    Response::text("fine").header("x-value", value)
}

#[get("/panic")]
fn panics(request: &Request) -> String {
    let index = request.path().len();
    [1, 2, 3][index].to_string()
}

#[get("/panic-plain")]
fn panics_without_arguments() -> String {
    clock::now()
        .checked_sub(std::time::Duration::MAX)
        .expect("the clock is early")
        .as_secs()
        .to_string()
}

#[get("/overflow")]
fn overflow(request: &Request) -> String {
    fn deep(depth: usize, text: &str) -> usize {
        let kept = std::hint::black_box([depth; 64]);
        if text.is_empty() { depth } else { deep(depth + 1, text) + kept[depth % 64] }
    }
    deep(0, request.path()).to_string()
}

#[post("/depth")]
fn depth(Json(value): Json<Value>) -> String {
    fn depth(value: &Value) -> usize {
        value.as_array().map_or(0, |list| 1 + list.iter().map(depth).max().unwrap_or_default())
    }
    depth(&value).to_string()
}

/// Memory of many sizes, taken and given back: the module's memory must not grow without bound.
#[get("/churn")]
fn churn() -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut sum = 0;
    for round in 0..200_000usize {
        let size = round * 7919 % 5000;
        let mut text = String::with_capacity(size);
        text.push('x');
        if round % 3 == 0 {
            kept.push(text);
        } else {
            sum += text.repeat(size % 50).len();
        }
        if kept.len() > 20 {
            kept.clear();
        }
    }
    sum.to_string()
}

#[post("/length")]
fn length(request: &Request) -> String {
    request.body().len().to_string()
}

/// Randomness and time, through the SDK and through the standard library.
#[get("/world")]
fn world() -> Json<BTreeMap<&'static str, String>> {
    let map: HashMap<_, _> = (0..100).map(|number| (number, number * number)).collect();
    let mut bytes = vec![0; 70_000];
    random::fill(&mut bytes);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Json(BTreeMap::from([
        ("map", map[&9].to_string()),
        ("random", bytes.iter().filter(|byte| **byte != 0).count().to_string()),
        ("sdk", clock::now().as_nanos().to_string()),
        ("std", now.as_nanos().to_string()),
    ]))
}

#[get("/log")]
fn lines() {
    log::debug!("one");
    log::warn!("{} {}", "two", 3);
    println!("to standard output");
}

#[get("/stream/{lines}")]
fn stream(Path(lines): Path<u32>) -> Response {
    Response::stream("text/plain", move |body| {
        for number in 0..lines {
            writeln!(body, "line {number}")?;
        }
        body.flush()?;
        body.write_all(&vec![b'.'; 20_000])
    })
}

#[get("/cut-off")]
fn cut_off() -> Response {
    Response::stream("text/plain", |body| {
        body.write_all(b"begun")?;
        body.flush()?;
        Err(io::Error::other("no more"))
    })
}

#[post("/read")]
fn read(mut body: BodyReader<'_>) -> Result<String, HttpError> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut body, &mut bytes)
        .map_err(|error| HttpError::bad_request(error.to_string()))?;
    Ok(bytes.len().to_string())
}

#[get("/events")]
fn events() -> Response {
    Response::events(|events| {
        events.comment("hello")?;
        events.send(Event::data("one\ntwo").event("pair").id("1"))
    })
}

#[get("/tokens")]
fn tokens() -> Response {
    Response::llm(|answer| ["a", " b"].into_iter().try_for_each(|token| answer.token(token)))
}

#[post("/later")]
fn later() -> Response {
    Response::text("now").background(|| log::info!("later"))
}

#[post("/later-panic")]
fn later_panic() -> Response {
    Response::text("now").background(|| -> () { panic!("too late") })
}

#[derive(Deserialize, Schema)]
struct Profile {
    #[schema(min_length = 2)]
    name: String,
    picture: Upload,
}

#[post("/profile")]
fn profile(MultipartForm(profile): MultipartForm<Profile>) -> String {
    format!("{} {:?}", profile.name, profile.picture)
}

#[get("/cookie")]
fn cookie() -> Result<(SetCookie, &'static str), HttpError> {
    let key = SigningKey::new([7; 32]).ok_or_else(|| HttpError::internal("no key"))?;
    Ok((SetCookie::signed("sid", "user7", &key), "set"))
}

#[derive(Deserialize, Schema)]
struct Search {
    #[schema(pattern = "^[a-z ]+$", max_length = 20)]
    q: String,
    #[serde(default)]
    #[schema(each(ge = 1, le = 9))]
    page: Vec<u8>,
}

struct User(String);

#[dependency]
fn user(Bearer(token): Bearer<'_>) -> User {
    User(token.to_owned())
}

fn tag(request: &Request, next: Next<'_>) -> Response {
    next.run(request).header("x-tag", "yes")
}

#[router(prefix = "/api/v1", middleware(tag))]
mod api {
    use super::{Depends, Header, Json, Query, Search, User, post};

    #[post("/search/{index}", status = 201)]
    fn search(
        purview_guest::Path(index): purview_guest::Path<u8>,
        Query(search): Query<Search>,
        Depends(user): Depends<'_, User>,
        Header(agent): Header<super::Agent>,
        Json(list): Json<Vec<u8>>,
    ) -> Json<String> {
        let Search { q, page } = search;
        Json(format!("{index} {q} {page:?} {} {} {list:?}", user.0, agent.x_agent))
    }
}

#[derive(Deserialize, Schema)]
struct Agent {
    #[serde(default)]
    x_agent: String,
}
