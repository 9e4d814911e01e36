//! Files of a folder that the policy grants. The host sends them from the disk: whole, the part that a client asks for, or a 304 to
//! one that has them. What leaves the folder, by `..` or by a link, is not there.

use std::io::Read as _;

use purview_guest::{
    HttpError, Path, assets,
    assets::{File, FileError},
    get,
};

/// The page at the root is the folder's `index.html`.
#[get("/")]
fn index() -> Result<File, FileError> {
    assets!("site").with_index().open("")
}

/// Everything else; a folder stands for its own `index.html`.
#[get("/{*path}")]
fn file(Path(path): Path<String>) -> Result<File, FileError> {
    assets!("site").with_index().open(&path)
}

/// A file that browsers keep on disk.
#[get("/download")]
fn download() -> Result<File, FileError> {
    Ok(assets!("site").open("docs/notes.txt")?.download("My notes.txt"))
}

/// The handler reads a file itself.
#[get("/lines")]
fn lines() -> Result<String, HttpError> {
    let mut text = String::new();
    let mut file = assets!("site").open("docs/notes.txt")?;
    file.read_to_string(&mut text).map_err(|_| HttpError::internal("the notes are no text"))?;
    Ok(format!("{} lines, {} bytes", text.lines().count(), file.size()))
}

#[cfg(test)]
mod tests {
    use purview_guest::{routes, testing::TestApp};

    use super::*;

    fn app() -> TestApp {
        TestApp::new(routes![index, file, download, lines]).folder("site", "static")
    }

    #[test]
    fn files_have_a_type_and_a_tag() {
        let app = app();
        let answer = app.get("/docs/notes.txt").send();
        assert_eq!((answer.status(), answer.text()), (200, "one\ntwo\nthree\n"));
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        let tag = answer.header("etag").expect("every file has one");
        let again = app.get("/docs/notes.txt").header("if-none-match", tag).send();
        assert_eq!((again.status(), again.body()), (304, &b""[..]));
    }

    #[test]
    fn parts_of_files() {
        let app = app();
        let part = app.get("/docs/notes.txt").header("range", "bytes=4-6").send();
        assert_eq!((part.status(), part.text()), (206, "two"));
        assert_eq!(part.header("content-range"), Some("bytes 4-6/14"));
        let beyond = app.get("/docs/notes.txt").header("range", "bytes=14-").send();
        assert_eq!((beyond.status(), beyond.header("content-range")), (416, Some("bytes */14")));
    }

    #[test]
    fn what_is_not_there() {
        let app = app();
        for path in ["/nothing", "/../Cargo.toml", "/docs/../../policy.json", "/.hidden"] {
            assert_eq!(app.get(path).send().status(), 404, "{path}");
        }
        assert_eq!(app.get("/").send().header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(app.get("/lines").send().text(), "3 lines, 14 bytes");
        let file = app.get("/download").send();
        let field = "attachment; filename=\"My notes.txt\"";
        assert_eq!(file.header("content-disposition"), Some(field));
    }
}
