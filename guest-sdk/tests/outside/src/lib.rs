//! A guest that asks the world for whatever its request says; the host's tests of egress, io, cache and sql call it.

use std::time::Duration;

use purview_guest::{
    Request, cache,
    cache::Expiry,
    clock, egress,
    egress::{Answer, Failure},
    get, io, post, ratelimit, sql,
};

fn query(request: &Request, name: &str) -> String {
    request.query_value(name).unwrap_or_default().into_owned()
}

fn number<T: std::str::FromStr + Default>(request: &Request, name: &str) -> T {
    query(request, name).parse().unwrap_or_default()
}

fn told(answer: Result<Answer, Failure>) -> String {
    match answer {
        Ok(answer) => format!("{} {}", answer.status(), answer.text().unwrap_or("?")),
        Err(failure) => format!("599 {failure}"),
    }
}

/// One request to any URL.
#[get("/fetch")]
fn fetch(request: &Request) -> String {
    let method = request.query_value("method").unwrap_or("GET".into());
    let mut sent = egress::request_any(&method, &query(request, "url"));
    if let Some(name) = request.query_value("name") {
        sent = sent.header(&name, &query(request, "value"));
    }
    if let Some(max) = request.query_value("max") {
        sent = sent.max_response_bytes(max.parse().unwrap_or(1));
    }
    if let Some(ms) = request.query_value("ms") {
        sent = sent.timeout(Duration::from_millis(ms.parse().unwrap_or(1)));
    }
    told(sent.body(query(request, "body")).send().wait())
}

/// The header fields of an answer.
#[get("/fields")]
fn fields(request: &Request) -> String {
    match egress::request_any("GET", &query(request, "url")).send().wait() {
        Ok(answer) => answer.headers().map(|(name, value)| format!("{name}={value};")).collect(),
        Err(failure) => failure.to_string(),
    }
}

fn urls(request: &Request) -> Vec<String> {
    query(request, "urls").split(' ').map(str::to_owned).collect()
}

/// All of several URLs, and how long that took.
#[get("/parallel")]
fn parallel(request: &Request) -> String {
    let start = clock::now();
    let sends: Vec<_> =
        urls(request).iter().map(|url| egress::request_any("GET", url).send()).collect();
    let answers: Vec<String> = io::parallel(sends).into_iter().map(told).collect();
    format!("{} ms: {}", (clock::now() - start).as_millis(), answers.join(", "))
}

/// Branches of two steps each; the second uses the answer of the first.
#[get("/steps")]
fn steps(request: &Request) -> String {
    let start = clock::now();
    let results = io::parallel(urls(request).into_iter().map(|url| async move {
        let first = egress::request_any("GET", &url).send().await?;
        let text = first.text().unwrap_or_default().to_owned();
        let second = egress::request_any("POST", &url).body(text).send().await?;
        Ok::<_, Failure>(second.text().unwrap_or_default().to_owned())
    }));
    format!("{} ms: {results:?}", (clock::now() - start).as_millis())
}

/// The first of several URLs.
#[get("/race")]
fn race(request: &Request) -> String {
    let start = clock::now();
    let sends: Vec<_> =
        urls(request).iter().map(|url| egress::request_any("GET", url).send()).collect();
    let first = match io::race(sends) {
        Ok(answer) => told(Ok(answer)),
        Err(failures) => format!("{failures:?}"),
    };
    format!("{} ms: {first}", (clock::now() - start).as_millis())
}

/// Starts sends and answers without waiting for them.
#[get("/leave")]
fn leave(request: &Request) -> String {
    let sends: Vec<_> =
        urls(request).iter().map(|url| egress::request_any("GET", url).send()).collect();
    let count = sends.len();
    std::mem::forget(sends);
    format!("left {count}")
}

fn text<T: std::fmt::Debug, E: std::fmt::Display>(result: Result<T, E>) -> String {
    result.map_or_else(|error| format!("error: {error}"), |value| format!("{value:?}"))
}

#[get("/cache/get")]
fn cache_get(request: &Request) -> String {
    text(cache!("tests").get_text(query(request, "key")))
}

/// Reads one key many times: nanoseconds for each.
#[get("/cache/many")]
fn cache_many(request: &Request) -> String {
    let (key, rounds) = (query(request, "key"), number::<u32>(request, "rounds"));
    let start = clock::now();
    let mut length = 0;
    for _ in 0..rounds {
        length += cache!("tests").get(&key).ok().flatten().map_or(0, |value| value.len());
    }
    let took = clock::now() - start;
    format!("{} {length}", took.as_nanos() / u128::from(rounds.max(1)))
}

#[post("/cache/set")]
fn cache_set(request: &Request) -> String {
    let (key, ms) = (query(request, "key"), number::<u64>(request, "ms"));
    let value = request.body();
    text(match ms {
        0 => cache!("tests").set(key, value),
        ms => cache!("tests").set_for(key, value, Duration::from_millis(ms)),
    })
}

#[get("/cache/delete")]
fn cache_delete(request: &Request) -> String {
    text(cache!("tests").delete(query(request, "key")))
}

#[get("/cache/incr")]
fn cache_incr(request: &Request) -> String {
    let expiry = match number::<i64>(request, "ms") {
        0 => Expiry::Keep,
        ms if ms > 0 => Expiry::In(Duration::from_millis(ms.unsigned_abs())),
        ms => Expiry::NewIn(Duration::from_millis(ms.unsigned_abs())),
    };
    let count = cache!("tests").incr_with(query(request, "key"), number(request, "by"), expiry);
    text(count.map(|count| (count.value, count.left.is_some())))
}

#[get("/cache/stats")]
fn cache_stats() -> String {
    text(cache!("tests").stats().map(|stats| (stats.hits, stats.misses, stats.entries)))
}

/// The same key in another namespace.
#[get("/cache/other")]
fn cache_other(request: &Request) -> String {
    text(cache!("other").get_text(query(request, "key")))
}

/// A key in a namespace that the request names.
#[get("/cache/any")]
fn cache_any(request: &Request) -> String {
    let namespace = cache::any(query(request, "name"));
    if let Some(by) = request.query_value("by") {
        return text(namespace.incr(query(request, "key"), by.parse().unwrap_or_default()));
    }
    text(namespace.get_text(query(request, "key")))
}

#[get("/limit")]
fn limit(request: &Request) -> String {
    let window = Duration::from_millis(number(request, "ms"));
    text(
        ratelimit::check(query(request, "key"), number(request, "limit"), window)
            .map(|verdict| verdict.is_allowed()),
    )
}

#[get("/limit/reset")]
fn limit_reset(request: &Request) -> String {
    text(ratelimit::reset(query(request, "key")))
}

#[get("/sql/one")]
fn sql_one(request: &Request) -> String {
    let by_id = sql!("user by id", "SELECT id, name, score, picture FROM users WHERE id = ?1");
    text(
        by_id
            .one::<serde_json::Value>((number::<i64>(request, "id"),))
            .map(|row| serde_json::json!(row).to_string()),
    )
}

#[get("/sql/many")]
fn sql_many() -> String {
    let all = sql!("all users", "SELECT name FROM users ORDER BY id");
    text(all.many::<serde_json::Value>(()).map(|rows| serde_json::json!(rows).to_string()))
}

#[get("/sql/add")]
fn sql_add(request: &Request) -> String {
    let add = sql!("add user", "INSERT INTO users (name, score) VALUES (:name, :score)");
    let effect = add.exec(serde_json::json!({"name": query(request, "name"), "score": 1.5}));
    text(effect.map(|effect| (effect.rows_affected, effect.last_insert_row_id)))
}

/// A statement that never ends by itself.
#[get("/sql/endless")]
fn sql_endless() -> String {
    let endless = sql!(
        "endless",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS most FROM n"
    );
    text(endless.one::<serde_json::Value>(()).map(|row| serde_json::json!(row).to_string()))
}

/// More rows than anybody wants.
#[get("/sql/rows")]
fn sql_rows(request: &Request) -> String {
    let rows = sql!(
        "rows",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT i FROM n"
    );
    let rows = rows.many::<serde_json::Value>([number::<i64>(request, "count")]);
    text(rows.map(|rows| rows.len()))
}

/// Parameters of the wrong kind.
#[get("/sql/wrong")]
fn sql_wrong() -> String {
    let by_id = sql!("user by id", "SELECT id, name, score, picture FROM users WHERE id = ?1");
    text(by_id.exec((1, 2)))
}
