//! Paths that leave the folder and such as stay in it, through links too; conditions and ranges one by one.

use std::{fs, os::unix::fs::symlink, process::Command};

use proptest::prelude::*;
use purview_abi::call::asset::INDEX;

use super::*;

/// A folder beside something that is none of its business.
fn folder() -> (tempfile::TempDir, Folder) {
    let outside = tempfile::tempdir().unwrap();
    let root = outside.path().join("public");
    fs::create_dir_all(root.join("docs/empty")).unwrap();
    fs::create_dir_all(root.join(".well-known")).unwrap();
    for (name, text) in [
        ("public/logo.PNG", "png"),
        ("public/index.html", "<p>"),
        ("public/docs/index.html", "<docs>"),
        ("public/docs/a b.txt", "text"),
        ("public/.env", "SECRET=1"),
        ("public/.well-known/security.txt", "contact"),
        ("public/no-ending", "?"),
        ("secret.txt", "secret"),
    ] {
        fs::write(outside.path().join(name), text).unwrap();
    }
    symlink("../secret.txt", root.join("out.txt")).unwrap();
    symlink(outside.path().join("secret.txt"), root.join("absolute.txt")).unwrap();
    symlink("..", root.join("up")).unwrap();
    symlink("docs/a b.txt", root.join("inside.txt")).unwrap();
    symlink("loop", root.join("loop")).unwrap();
    assert!(Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
    let folder = Folder::open(&root).unwrap();
    (outside, folder)
}

fn read(folder: &Folder, path: &str, flags: u32) -> Option<String> {
    match folder.file(path, flags) {
        Ok(asset) => Some(io::read_to_string(asset.file).unwrap()),
        Err(Missing::NotThere) => None,
        Err(other) => panic!("{path}: {other:?}"),
    }
}

#[test]
fn files_of_the_folder_and_nothing_else() {
    let (_kept, folder) = folder();
    for (path, text) in [
        ("logo.PNG", Some("png")),
        ("docs/a b.txt", Some("text")),
        ("inside.txt", Some("text")),
        (".well-known/security.txt", Some("contact")),
        ("", None),
        ("docs", None),
        ("docs/", None),
        ("nothing", None),
        ("logo.PNG/", None),
        ("logo.PNG/x", None),
        (".env", None),
        ("/logo.PNG", None),
        ("//logo.PNG", None),
        ("docs//a b.txt", None),
        ("./logo.PNG", None),
        ("../secret.txt", None),
        ("docs/../logo.PNG", None),
        ("docs\\a b.txt", None),
        ("logo.PNG\0.txt", None),
        ("c:logo.PNG", None),
        ("out.txt", None),
        ("absolute.txt", None),
        ("up/secret.txt", None),
        ("loop", None),
        ("pipe", None),
    ] {
        assert_eq!(read(&folder, path, 0).as_deref(), text, "{path:?}");
    }
    assert_eq!(read(&folder, &"x/".repeat(600), 0), None);
}

#[test]
fn folders_stand_for_their_index_when_asked() {
    let (_kept, folder) = folder();
    for (path, text) in [
        ("", Some("<p>")),
        ("docs", Some("<docs>")),
        ("docs/", Some("<docs>")),
        ("docs/empty", None),
        ("docs/empty/", None),
        ("/", Some("<p>")),
        ("..", None),
        ("up/", None),
        ("logo.PNG", Some("png")),
        ("logo.PNG/", None),
    ] {
        assert_eq!(read(&folder, path, INDEX).as_deref(), text, "{path:?}");
    }
}

#[test]
fn what_is_said_of_a_file() {
    let (kept, folder) = folder();
    let about = |path: &str| folder.file(path, 0).unwrap().about;
    assert!(about("logo.PNG").etag.starts_with("W/\""), "it was written just now");
    let file = fs::File::options().append(true).open(kept.path().join("public/logo.PNG")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)).unwrap();
    let logo = about("logo.PNG");
    assert_eq!(
        logo.to_text(),
        "3\nimage/png\n\"ae1b981bc490a00-3\"\nSun, 06 Nov 1994 08:49:37 GMT\n"
    );
    assert_eq!(about("docs/a b.txt").content_type, "text/plain; charset=utf-8");
    assert_eq!(about("no-ending").content_type, "application/octet-stream");
    assert_eq!(content_type("a.js"), "text/javascript; charset=utf-8");
    assert_eq!(content_type("a.wasm"), "application/wasm");
    assert_eq!(content_type("a.svg"), "image/svg+xml");
}

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const LATER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";
const EARLIER: &str = "Sun, 06 Nov 1994 08:49:36 GMT";

fn of(method: &str, fields: &[(&str, &str)]) -> (u16, u64, u64) {
    let about = About {
        size: 100,
        content_type: String::new(),
        etag: "\"abc\"".into(),
        modified: Some(784_111_777),
    };
    answer(&about, method, fields)
}

fn answer(about: &About, method: &str, fields: &[(&str, &str)]) -> (u16, u64, u64) {
    let fields = fields.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    let part = part(about, &Asked::read(method.as_bytes(), fields), 200);
    let range = match part.status {
        206 => Some(format!("bytes {}-{}/{}", part.bytes.start, part.bytes.end - 1, about.size)),
        416 => Some(format!("bytes */{}", about.size)),
        _ => None,
    };
    assert_eq!(part.content_range, range);
    (part.status, part.bytes.start, part.bytes.end)
}

#[test]
fn ranges() {
    for (range, expected) in [
        ("bytes=0-0", (206, 0, 1)),
        ("bytes=0-99", (206, 0, 100)),
        ("bytes=10-", (206, 10, 100)),
        ("bytes=99-", (206, 99, 100)),
        ("bytes=90-1000", (206, 90, 100)),
        ("bytes=5-99999999999999999999999", (206, 5, 100)),
        ("BYTES=-1", (206, 99, 100)),
        ("bytes=-100", (206, 0, 100)),
        ("bytes=-1000", (206, 0, 100)),
        ("bytes=100-", (416, 0, 0)),
        ("bytes=100-200", (416, 0, 0)),
        ("bytes=99999999999999999999999-", (416, 0, 0)),
        ("bytes=-0", (416, 0, 0)),
        ("bytes=0-1,5-6", (200, 0, 100)),
        ("bytes=5-4", (200, 0, 100)),
        ("bytes=-", (200, 0, 100)),
        ("bytes=a-b", (200, 0, 100)),
        ("bytes=+1-2", (200, 0, 100)),
        ("bytes=1", (200, 0, 100)),
        ("lines=0-1", (200, 0, 100)),
        ("", (200, 0, 100)),
    ] {
        assert_eq!(of("GET", &[("Range", range)]), expected, "{range}");
        assert_eq!(of("HEAD", &[("range", range)]), (200, 0, 100), "{range}");
        assert_eq!(of("POST", &[("range", range)]), (200, 0, 100), "{range}");
    }
    let empty = About { size: 0, content_type: String::new(), etag: "\"\"".into(), modified: None };
    for range in ["bytes=0-", "bytes=-5", "bytes=0-0"] {
        assert_eq!(answer(&empty, "GET", &[("range", range)]), (416, 0, 0), "{range}");
    }
}

#[test]
fn conditions() {
    let (same, gone, failed) = ((200, 0, 100), (304, 0, 0), (412, 0, 0));
    for (fields, expected) in [
        (&[("if-none-match", "\"abc\"")][..], gone),
        (&[("if-none-match", "W/\"abc\"")], gone),
        (&[("if-none-match", "\"x\", \"abc\"")], gone),
        (&[("if-none-match", "*")], gone),
        (&[("if-none-match", "\"x\"")], same),
        (&[("if-none-match", "abc")], same),
        // The tag decides where both are there.
        (&[("if-none-match", "\"x\""), ("if-modified-since", DATE)], same),
        (&[("if-modified-since", DATE)], gone),
        (&[("if-modified-since", LATER)], gone),
        (&[("if-modified-since", EARLIER)], same),
        (&[("if-modified-since", "yesterday")], same),
        (&[("if-match", "\"abc\"")], same),
        (&[("if-match", "*")], same),
        (&[("if-match", "\"x\"")], failed),
        (&[("if-match", "W/\"abc\"")], failed),
        (&[("if-unmodified-since", DATE)], same),
        (&[("if-unmodified-since", EARLIER)], failed),
        (&[("if-unmodified-since", "yesterday")], same),
        (&[("if-match", "\"abc\""), ("if-unmodified-since", EARLIER)], same),
        (&[("if-none-match", "\"abc\""), ("range", "bytes=0-1")], gone),
    ] {
        assert_eq!(of("GET", fields), expected, "{fields:?}");
        assert_eq!(of("HEAD", fields), expected, "{fields:?}");
    }
    assert_eq!(of("PUT", &[("if-none-match", "*")]), failed);
    assert_eq!(of("PUT", &[("if-modified-since", DATE)]), same);
    for (validator, expected) in [
        ("\"abc\"", 206),
        (DATE, 206),
        ("\"x\"", 200),
        ("W/\"abc\"", 200),
        (EARLIER, 200),
        (LATER, 200),
        ("", 200),
    ] {
        let fields = [("range", "bytes=0-1"), ("if-range", validator)];
        assert_eq!(of("GET", &fields).0, expected, "{validator}");
    }
}

#[test]
fn another_status_sends_the_whole() {
    let about =
        About { size: 9, content_type: String::new(), etag: "\"a\"".into(), modified: None };
    let fields = [(&b"range"[..], &b"bytes=0-1"[..]), (b"if-none-match", b"*")];
    let part = part(&about, &Asked::read(b"GET", fields), 404);
    assert_eq!((part.status, part.bytes), (404, 0..9));
}

proptest! {
    #[test]
    fn any_path_stays_inside(path in "(\\.{0,3}|/|[a-z]{0,3}|up|out\\.txt|\\\\|\\PC){0,8}", flags in 0..2u32) {
        let (_kept, folder) = folder();
        if let Ok(asset) = folder.file(&path, flags) {
            prop_assert!(io::read_to_string(asset.file).unwrap() != "secret");
        }
    }

    #[test]
    fn any_field_is_read(range: String, tags: String, size: u64) {
        let about = About { size, content_type: String::new(), etag: "\"a\"".into(), modified: None };
        let fields = [("range", &range), ("if-none-match", &tags), ("if-range", &tags)];
        let fields = fields.map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        let part = part(&about, &Asked::read(b"GET", fields), 200);
        prop_assert!(part.bytes.start <= part.bytes.end && part.bytes.end <= size);
    }
}
