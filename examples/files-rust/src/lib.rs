//! Files of a folder that the policy grants. The host sends them from the disk: whole, the part that a client asks for, or a 304 to
//! one that has them. What leaves the folder, by `..` or by a link, is not there.

use std::io::Read as _;

use purview_guest::{
    HttpError, Path,
    assets::{File, FileError},
    assets, get,
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
    use purview_guest::testing::{Answer, TestRequest, call};

    use super::*;

    fn get(path: &str) -> TestRequest {
        TestRequest::get(path).folder("site", "static")
    }

    fn fields(answer: &Answer) -> (u16, Option<&str>, &str) {
        (answer.status(), answer.header("content-type"), answer.text())
    }

    #[test]
    fn files_have_a_type_and_a_tag() {
        let answer = call::<file>(get("/docs/notes.txt"));
        let (status, content_type, text) = fields(&answer);
        assert_eq!((status, content_type), (200, Some("text/plain; charset=utf-8")));
        assert_eq!(text, "one\ntwo\nthree\n");
        let tag = answer.header("etag").expect("every file has one");
        let again = call::<file>(get("/docs/notes.txt").header("if-none-match", tag));
        assert_eq!((again.status(), again.body()), (304, &b""[..]));
    }

    #[test]
    fn parts_of_files() {
        let part = call::<file>(get("/docs/notes.txt").header("range", "bytes=4-6"));
        assert_eq!((part.status(), part.text()), (206, "two"));
        assert_eq!(part.header("content-range"), Some("bytes 4-6/14"));
        let beyond = call::<file>(get("/docs/notes.txt").header("range", "bytes=14-"));
        assert_eq!((beyond.status(), beyond.header("content-range")), (416, Some("bytes */14")));
    }

    #[test]
    fn what_is_not_there() {
        for path in ["/nothing", "/../Cargo.toml", "/docs/../../policy.json", "/.hidden"] {
            assert_eq!(call::<file>(get(path)).status(), 404, "{path}");
        }
        assert_eq!(call::<index>(get("/")).header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(call::<lines>(get("/lines")).text(), "3 lines, 14 bytes");
    }
}
