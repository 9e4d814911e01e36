//! Random texts: whatever comes in, the front half answers with a tree or with diagnostics whose places lie in the text, and
//! what it accepts the second parser accepts too.

use std::{fs, path::Path};

use js_to_wasm::{check_source, parse, source::Files};
use proptest::prelude::*;

/// Runs the whole front half and looks at what every reader of its results looks at.
fn answers(path: &str, text: &str) {
    let files = Files::one(path, text);
    let checked = check_source(&files, path);
    for diagnostic in checked.diagnostics.iter() {
        let Some(span) = diagnostic.span else { continue };
        assert!(
            span.start <= span.end && span.end as usize <= text.len() + 1,
            "{diagnostic:?} in {text:?}"
        );
    }
    let _ = (checked.render(), checked.to_json());
    assert_eq!(checked.program.is_none(), checked.diagnostics.has_errors());
    #[cfg(feature = "emit-js")]
    if let Some(program) = &checked.program {
        let options = js_to_wasm::emit_js::Options { runtime: "./runtime.mjs".to_owned() };
        let emitted = js_to_wasm::emit_js(program, &options);
        assert!(emitted.is_ok(), "{}\n{text}", emitted.expect_err("it is an error"));
    }
}

/// Words and signs of the language.
const PIECES: &str = r#"match ( ) { } [ ] when default : , ; |> || assert distinct type = => ? ?. ?? . ... < > </ /> <a> </a> <> </>
` ${ ' " / // /* */ a b _ 1 - + const let function return if else for of switch case import from export './a' as string
undefined \ é 😀 @ # !"#;

/// Pieces of programs, so that random sequences of them come close to programs.
fn pieces() -> impl Strategy<Value = String> {
    let words: Vec<&str> = PIECES.split_whitespace().chain(["\n"]).collect();
    let piece = prop::sample::select(words);
    prop::collection::vec((piece, prop::bool::ANY), 0..60).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, space)| if space { format!("{piece} ") } else { piece.to_owned() })
            .collect()
    })
}

/// An expression of the language's own constructs, and how many `match` and `|>` it has.
fn expression() -> impl Strategy<Value = (String, usize, usize)> {
    let leaf = prop::sample::select(vec![
        "a",
        "1",
        "'when'",
        "`|>`",
        "f(a)",
        "a.match",
        "{ when: 1 }.when",
        "(x) => x",
    ]);
    let leaf = leaf.prop_map(|text| (format!("({text})"), 0, 0));
    leaf.prop_recursive(4, 24, 3, |inner| {
        let pipe = (inner.clone(), inner.clone())
            .prop_map(|((a, m, p), (b, n, q))| (format!("({a} |> {b})"), m + n, p + q + 1));
        let arms = prop::collection::vec(
            (prop::sample::select(vec!["1", "'x'", "_", "{ k: 1 }", "-2"]), inner.clone()),
            1..4,
        );
        let choice =
            (inner, arms, prop::bool::ANY).prop_map(|((subject, mut m, mut p), arms, default)| {
                let mut text = format!("match ({subject}) {{");
                let last = arms.len() - 1;
                for (index, (pattern, (body, n, q))) in arms.into_iter().enumerate() {
                    let head = if default && index == last {
                        "default".to_owned()
                    } else {
                        format!("when {pattern}")
                    };
                    text += &format!(" {head}: {body}");
                    (m, p) = (m + n, p + q);
                }
                (format!("{text} }}"), m + 1, p)
            });
        prop_oneof![pipe, choice]
    })
}

/// How many `match` and `|>` the tree of a text has.
fn constructs(text: &str) -> Option<(usize, usize)> {
    use js_to_wasm::parse::walk::{Node, Visitor, walk_module};
    use swc_ecma_ast::Expr;
    struct Count<'p>(&'p parse::Extensions, usize, usize);
    impl<'a> Visitor<'a> for Count<'_> {
        fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
            match node {
                Node::Expr(expr @ Expr::Member(_)) if self.0.match_of(expr).is_some() => {
                    self.1 += 1
                }
                Node::Expr(Expr::Bin(binary)) if self.0.as_pipe(binary).is_some() => self.2 += 1,
                _ => {}
            }
            true
        }
    }
    let program = parse::parse(&Files::one("a.ts", text), "a.ts").ok()?;
    let module = program.entry();
    let mut count = Count(&module.extensions, 0, 0);
    walk_module(&module.ast, &mut count);
    program.faults.is_empty().then_some((count.1, count.2))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,80}", path in prop::sample::select(vec!["a.ts", "a.tsx", "a.js", "a.jsx"])) {
        answers(path, &text);
    }

    #[test]
    fn pieces_of_programs_get_an_answer(text in pieces(), path in prop::sample::select(vec!["a.ts", "a.tsx", "a.jsx"])) {
        answers(path, &text);
    }

    #[test]
    fn every_construct_is_found_again((text, matches, pipes) in expression()) {
        prop_assert_eq!(constructs(&format!("const r = {text};")), Some((matches, pipes)), "{}", text);
    }

    #[test]
    fn damaged_programs_get_an_answer(seed in any::<u64>()) {
        let (path, text) = damaged(seed);
        answers(&path, &text);
    }
}

/// A program of the corpus with a few pieces cut, doubled or moved.
fn damaged(seed: u64) -> (String, String) {
    let mut state = seed | 1;
    let mut next = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit.max(1)
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let families: Vec<_> = sorted(&folder);
    let files: Vec<_> = sorted(&families[next(families.len())]);
    let sources: Vec<_> =
        files.iter().filter(|path| path.extension().is_some_and(|ext| ext != "out")).collect();
    let path = sources[next(sources.len())];
    let mut text: Vec<char> =
        fs::read_to_string(path).expect("a program is UTF-8").chars().collect();
    for _ in 0..=next(4) {
        let from = next(text.len());
        let to = (from + next(30)).min(text.len());
        let piece: Vec<char> = text[from..to].to_vec();
        match next(3) {
            0 => drop(text.drain(from..to)),
            1 => drop(text.splice(from..from, piece)),
            _ => {
                text.drain(from..to);
                let at = next(text.len() + 1);
                text.splice(at..at, piece);
            }
        }
    }
    let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
    (name.to_owned(), text.into_iter().collect())
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be seen").path()).collect();
    paths.sort();
    paths
}
