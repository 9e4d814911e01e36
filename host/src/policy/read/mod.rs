//! JSON to policy, collecting every problem on the way. In: the text. Out: a policy, or the report. The names and shapes
//! are those of `policies/policy.schema.json`; a test holds the two together.

use std::{collections::BTreeMap, ops::Range, path::PathBuf};

use super::{
    DEPTH_MAX, Handler, Policy, Report, Sections, Source,
    json::{self, Kind, Member, Node, SyntaxError},
    report::Problem,
};
use crate::{contract::shown, limits::Scope};

mod entry;
mod handler;
mod limit;
mod section;

const TOP: [&str; 8] = ["$schema", "env", "egress", "cache", "sql", "assets", "limits", "handlers"];
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a policy.
pub(super) fn policy(mut source: Source) -> Result<Policy, Report> {
    let text = source.text().to_owned();
    let mut reader = Reader::default();
    let mut policy = None;
    let start = if text.starts_with(BYTE_ORDER_MARK) {
        reader.add(
            "policy.byte-order-mark",
            0..BYTE_ORDER_MARK.len_utf8(),
            "the file starts with a byte-order mark",
            "save it as UTF-8 without a byte-order mark",
        );
        BYTE_ORDER_MARK.len_utf8()
    } else {
        0
    };
    if let Some(at) = json::too_deep(&text, DEPTH_MAX) {
        reader.add(
            "policy.depth",
            point(at),
            format!("this is nested deeper than {DEPTH_MAX} levels"),
            "a policy needs four",
        );
        reader.hide_all(&text);
    } else {
        match Node::root(&text, start) {
            Ok(root) => policy = Some(reader.root(&root)),
            Err(error) => {
                reader.syntax(error);
                reader.hide_all(&text);
            }
        }
    }
    source.hide(reader.secrets);
    match policy {
        Some((sections, limits, handlers)) if reader.problems.is_empty() => {
            Ok(Policy { source, sections, limits, handlers, folder: PathBuf::new() })
        }
        _ => Err(Report::new(source, reader.problems)),
    }
}

type LimitSettings = Vec<(String, u64)>;

/// Collects problems, and the places of values that no report may show.
#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
    secrets: Vec<Range<usize>>,
}

impl Reader {
    fn add(
        &mut self,
        code: &'static str,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Problem { code, message: message.into(), help: help.into(), at });
    }

    fn syntax(&mut self, error: SyntaxError) {
        self.add(
            "policy.syntax",
            point(error.at),
            format!("this is not JSON: {}", error.message),
            "policies are JSON (RFC 8259): no comments, no trailing commas, names in double quotes",
        );
    }

    /// Text that could not be read may hold values anywhere.
    fn hide_all(&mut self, text: &str) {
        if text.contains("values") {
            self.secrets.push(0..text.len());
        }
    }

    fn root(&mut self, root: &Node<'_>) -> (Sections, LimitSettings, Vec<Handler>) {
        let mut limits = Vec::new();
        let mut handlers = Vec::new();
        let members = self.object(root, "the policy", &TOP);
        let sections = self.sections(&members, "");
        for member in &members {
            match member.key.as_str() {
                "$schema" => {
                    self.string(&member.value, "`$schema`");
                }
                "limits" => limits = self.limits(&member.value, Scope::Server),
                "handlers" => handlers = self.handlers(&member.value),
                _ => {}
            }
        }
        (sections, limits, handlers)
    }

    /// The members of an object whose names are known; reports unknown and repeated ones.
    fn object<'t>(&mut self, node: &Node<'t>, what: &str, known: &[&str]) -> Vec<Member<'t>> {
        let mut members = self.map(node, what);
        members.retain(|member| {
            let is_known = known.contains(&member.key.as_str());
            if !is_known {
                self.add(
                    "policy.unknown-field",
                    member.key_at.clone(),
                    format!("{what} has no field `{}`", shown(&member.key)),
                    format!("its fields are {}", list(known)),
                );
                self.secrets.push(member.value.range());
            }
            is_known
        });
        members
    }

    /// The members of an object whose names are free; reports repeated ones.
    fn map<'t>(&mut self, node: &Node<'t>, what: &str) -> Vec<Member<'t>> {
        if !self.is(node, Kind::Object, what) {
            return Vec::new();
        }
        match node.members() {
            Ok(members) => self.without_repeated(members),
            Err(error) => {
                self.syntax(error);
                Vec::new()
            }
        }
    }

    fn without_repeated<'t>(&mut self, members: Vec<Member<'t>>) -> Vec<Member<'t>> {
        let mut seen: BTreeMap<String, Range<usize>> = BTreeMap::new();
        members
            .into_iter()
            .filter(|member| {
                let first = seen.insert(member.key.clone(), member.key_at.clone()).is_none();
                if !first {
                    self.add(
                        "policy.duplicate",
                        member.key_at.clone(),
                        format!("`{}` stands here twice", shown(&member.key)),
                        "keep one of them",
                    );
                    self.secrets.push(member.value.range());
                }
                first
            })
            .collect()
    }

    fn is(&mut self, node: &Node<'_>, kind: Kind, what: &str) -> bool {
        let fits = node.kind() == kind;
        if !fits {
            let wanted = match kind {
                Kind::Object => "an object",
                Kind::Array => "a list",
                Kind::String => "text",
                Kind::Number | Kind::Other => "a whole number",
            };
            self.add(
                "policy.type",
                node.mark(),
                format!("{what} is not {wanted}"),
                format!("write {wanted} here"),
            );
        }
        fits
    }

    fn string(&mut self, node: &Node<'_>, what: &str) -> Option<String> {
        if !self.is(node, Kind::String, what) {
            return None;
        }
        node.string().map_err(|error| self.syntax(error)).ok()
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A place without extent.
fn point(at: usize) -> Range<usize> {
    at..at + 1
}
