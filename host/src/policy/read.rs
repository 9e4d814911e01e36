//! JSON to policy, collecting every problem on the way. In: the text. Out: a policy, or the report. The names and shapes
//! are those of `policies/policy.schema.json`; a test holds the two together.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use purview_abi::name::{ANY, Import, NAME_BYTES_MAX};

use super::{
    Allowed, DEPTH_MAX, EnvSection, Handler, HostPattern, Policy, Report, Secret, Section,
    Sections, Source,
    json::{self, Kind, Member, Node, SyntaxError},
    point,
    report::Problem,
};
use crate::limits::{LimitError, Limits, Scope, TABLE};

const TOP: [&str; 7] = ["$schema", "env", "egress", "cache", "sql", "limits", "handlers"];
const HANDLER: [&str; 8] = ["module", "mount", "host", "env", "egress", "cache", "sql", "limits"];
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
            Ok(Policy { source, sections, limits, handlers })
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

    fn sections(&mut self, members: &[Member<'_>], prefix: &str) -> Sections {
        let mut sections = Sections::default();
        for Member { key, value, .. } in members {
            let path = format!("{prefix}{key}");
            match key.as_str() {
                "env" => sections.env = self.env(value, &path),
                "egress" => sections.egress = self.section(value, &path, "allow_hosts", Self::host),
                "cache" => {
                    sections.cache = self.section(value, &path, "allow_namespaces", Self::name);
                }
                "sql" => sections.sql = self.section(value, &path, "allow_queries", Self::name),
                _ => {}
            }
        }
        sections
    }

    /// A section with one list.
    fn section<T: Ord + Clone>(
        &mut self,
        node: &Node<'_>,
        path: &str,
        field: &'static str,
        entry: fn(&mut Self, &Node<'_>, &str) -> Option<T>,
    ) -> Option<Section<T>> {
        let was_object = node.kind() == Kind::Object;
        let members = self.object(node, &format!("section `{path}`"), &[field]);
        let Some(member) = members.first() else {
            if was_object {
                self.missing(node, path, &[field]);
            }
            return None;
        };
        Some(self.allow(member, &format!("{path}.{field}"), entry))
    }

    fn missing(&mut self, node: &Node<'_>, path: &str, fields: &[&str]) {
        self.add(
            "policy.missing-field",
            node.mark(),
            format!("section `{path}` does not say what it allows"),
            format!("add {}; an empty list allows nothing", list(fields)),
        );
    }

    /// A list of entries, each different.
    fn allow<T: Ord + Clone>(
        &mut self,
        member: &Member<'_>,
        clause: &str,
        entry: fn(&mut Self, &Node<'_>, &str) -> Option<T>,
    ) -> Section<T> {
        let mut section =
            Section { clause: clause.to_owned(), at: member.key_at.start, allow: Vec::new() };
        if !self.is(&member.value, Kind::Array, &format!("`{clause}`")) {
            return section;
        }
        let items = match member.value.items() {
            Ok(items) => items,
            Err(error) => {
                self.syntax(error);
                return section;
            }
        };
        let mut seen = BTreeSet::new();
        for item in items {
            let Some(value) = entry(self, &item, clause) else { continue };
            if seen.insert(value.clone()) {
                section.allow.push(Allowed { value, at: item.range().start });
            } else {
                self.add(
                    "policy.duplicate",
                    item.mark(),
                    format!("this entry of `{clause}` stands in it twice"),
                    "keep one of them",
                );
            }
        }
        section
    }

    fn env(&mut self, node: &Node<'_>, path: &str) -> Option<EnvSection> {
        let was_object = node.kind() == Kind::Object;
        let members = self.object(node, &format!("section `{path}`"), &["allow", "values"]);
        if members.is_empty() {
            if was_object {
                self.missing(node, path, &["allow", "values"]);
            }
            return None;
        }
        let mut names = None;
        let mut values = Vec::new();
        let mut first = usize::MAX;
        for member in &members {
            first = first.min(member.key_at.start);
            if member.key == "allow" {
                names = Some(self.allow(member, &format!("{path}.allow"), Self::variable));
            } else {
                values = self.values(&member.value, &format!("{path}.values"));
            }
        }
        let mut names = names.unwrap_or_else(|| Section {
            clause: format!("{path}.values"),
            at: first,
            allow: Vec::new(),
        });
        let listed: BTreeSet<String> =
            names.allow.iter().map(|allowed| allowed.value.clone()).collect();
        for (name, _, at) in &values {
            if !listed.contains(name) {
                names.allow.push(Allowed { value: name.clone(), at: *at });
            }
        }
        let values = values.into_iter().map(|(name, value, _)| (name, value)).collect();
        Some(EnvSection { names, values })
    }

    /// Values of environment variables, which no report shows.
    fn values(&mut self, node: &Node<'_>, clause: &str) -> Vec<(String, Secret, usize)> {
        if node.kind() != Kind::Object {
            self.secrets.push(node.range());
        }
        let mut values = Vec::new();
        for member in self.map(node, &format!("`{clause}`")) {
            self.secrets.push(member.value.range());
            let name = self.variable_name(&member.key, member.key_at.clone(), clause);
            let what = format!("the value of `{}`", shown(&member.key));
            let value = self.string(&member.value, &what);
            if value.as_ref().is_some_and(|value| value.contains('\0')) {
                self.add(
                    "policy.value",
                    member.key_at.clone(),
                    format!("{what} holds a zero byte"),
                    "remove it",
                );
            }
            if let (Some(name), Some(value)) = (name, value) {
                values.push((name, Secret(value), member.key_at.start));
            }
        }
        values
    }

    fn variable(&mut self, node: &Node<'_>, clause: &str) -> Option<String> {
        let text = self.string(node, &format!("this entry of `{clause}`"))?;
        self.variable_name(&text, node.mark(), clause)
    }

    fn variable_name(&mut self, text: &str, at: Range<usize>, clause: &str) -> Option<String> {
        let name = self.plain_name(text, at.clone(), clause)?;
        if let Err(error) = Import::parse("purview:env", &name) {
            self.add(
                "policy.name",
                at,
                format!("`{}` in `{clause}` names no variable: {error}", shown(&name)),
                "write the variable's name alone",
            );
            return None;
        }
        Some(name)
    }

    fn name(&mut self, node: &Node<'_>, clause: &str) -> Option<String> {
        let text = self.string(node, &format!("this entry of `{clause}`"))?;
        self.plain_name(&text, node.mark(), clause)
    }

    /// A name that a literal import can have.
    fn plain_name(&mut self, text: &str, at: Range<usize>, clause: &str) -> Option<String> {
        let invisible = |c: char| c.is_control() || c == BYTE_ORDER_MARK;
        let (code, wrong, help) = if text.is_empty() {
            ("policy.empty", "is empty", "write a name, or remove the entry")
        } else if text == ANY {
            (
                "policy.name",
                "is `*`, which no literal name is",
                "to allow names chosen at run time, leave the section out",
            )
        } else if text.len() > NAME_BYTES_MAX {
            (
                "policy.name",
                "is longer than 512 bytes",
                "no import has such a name: remove the entry",
            )
        } else if text.contains(invisible) || text.trim() != text {
            (
                "policy.name",
                "holds invisible characters or begins or ends with a blank",
                "names are compared byte by byte: write it plainly",
            )
        } else {
            return Some(text.to_owned());
        };
        self.add(code, at, format!("this name in `{clause}` {wrong}"), help);
        None
    }

    fn host(&mut self, node: &Node<'_>, clause: &str) -> Option<HostPattern> {
        let text = self.string(node, &format!("this entry of `{clause}`"))?;
        match HostPattern::parse(&text) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let code = if text.is_empty() { "policy.empty" } else { "policy.host" };
                self.add(
                    code,
                    node.mark(),
                    format!("in `{clause}`: {}", error.message),
                    error.help,
                );
                None
            }
        }
    }

    fn limits(&mut self, node: &Node<'_>, allowed: Scope) -> LimitSettings {
        let mut settings = Vec::new();
        for member in self.map(node, "`limits`") {
            let name = member.key.as_str();
            let Some(row) = TABLE.iter().find(|row| row.name == name) else {
                let names: Vec<&str> = TABLE
                    .iter()
                    .filter(|row| allowed == Scope::Server || row.scope == Scope::Handler)
                    .map(|row| row.name)
                    .collect();
                self.add(
                    "policy.unknown-limit",
                    member.key_at.clone(),
                    format!("there is no limit `{}`", shown(name)),
                    format!("limits here are {}", list(&names)),
                );
                continue;
            };
            if allowed == Scope::Handler && row.scope == Scope::Server {
                self.add(
                    "policy.limit-scope",
                    member.key_at.clone(),
                    format!("`{name}` acts before a handler is known"),
                    "set it in `limits` of the whole policy",
                );
                continue;
            }
            if let Some(value) = self.limit(&member) {
                settings.push((name.to_owned(), value));
            }
        }
        settings
    }

    fn limit(&mut self, member: &Member<'_>) -> Option<u64> {
        let name = &member.key;
        if !self.is(&member.value, Kind::Number, &format!("limit `{name}`")) {
            return None;
        }
        let value = member.value.number();
        let in_range =
            value.ok_or(LimitError::Unknown).and_then(|value| Limits::default().set(name, value));
        if in_range.is_ok() {
            return value;
        }
        let row = TABLE.iter().find(|row| row.name == name)?;
        self.add(
            "policy.limit-range",
            member.value.mark(),
            format!("limit `{name}` is not a whole number from {} to {}", row.low, row.high),
            format!("write digits only; without the entry it is {}", row.default),
        );
        None
    }

    fn handlers(&mut self, node: &Node<'_>) -> Vec<Handler> {
        let mut handlers: Vec<Handler> = Vec::new();
        let mut mounts: BTreeMap<(Option<String>, String), String> = BTreeMap::new();
        for member in self.map(node, "`handlers`") {
            if !is_handler_name(&member.key) {
                self.add(
                    "policy.handler-name",
                    member.key_at.clone(),
                    format!("`{}` is not a handler's name", shown(&member.key)),
                    "use 1 to 64 letters, digits, `-`, `_` and `.`, a letter or digit first",
                );
            }
            let handler = self.handler(&member);
            if let Some(mount) = &handler.mount {
                let answers = (handler.host.clone(), mount.clone());
                if let Some(other) = mounts.insert(answers, handler.name.clone()) {
                    self.add(
                        "policy.mount-conflict",
                        member.key_at.clone(),
                        format!(
                            "handlers `{}` and `{}` answer at the same place",
                            shown(&other),
                            shown(&handler.name)
                        ),
                        "give them different `mount` or `host`",
                    );
                }
            }
            handlers.push(handler);
        }
        handlers
    }

    fn handler(&mut self, member: &Member<'_>) -> Handler {
        let what = format!("handler `{}`", shown(&member.key));
        let members = self.object(&member.value, &what, &HANDLER);
        let prefix = format!("handlers.{}.", shown(&member.key));
        let mut handler = Handler {
            name: member.key.clone(),
            module: None,
            mount: None,
            host: None,
            sections: self.sections(&members, &prefix),
            limits: Vec::new(),
            at: member.key_at.start,
        };
        for Member { key, value, .. } in &members {
            match key.as_str() {
                "module" => handler.module = self.module(value),
                "mount" => handler.mount = self.mount(value),
                "host" => handler.host = self.virtual_host(value),
                "limits" => handler.limits = self.limits(value, Scope::Handler),
                _ => {}
            }
        }
        handler
    }

    fn module(&mut self, node: &Node<'_>) -> Option<String> {
        let path = self.string(node, "`module`")?;
        if path.is_empty() || path.contains('\0') {
            self.add(
                "policy.module",
                node.mark(),
                "`module` is not a path",
                "write the module's file, relative to this policy",
            );
            return None;
        }
        Some(path)
    }

    fn mount(&mut self, node: &Node<'_>) -> Option<String> {
        let mount = self.string(node, "`mount`")?;
        let is_path =
            purview_abi::name::check_pattern(&mount).is_ok() && !mount.contains(['{', '}']);
        let plain = mount == "/" || (!mount.ends_with('/') && !mount.contains("//"));
        if !is_path || !plain {
            self.add(
                "policy.mount",
                node.mark(),
                "`mount` is not a path prefix",
                "write `/`, or a path such as `/api/v1`: a slash first, none last, no parameters",
            );
            return None;
        }
        Some(mount)
    }

    /// The host name of requests, not a host that requests go to.
    fn virtual_host(&mut self, node: &Node<'_>) -> Option<String> {
        let text = self.string(node, "`host`")?;
        match HostPattern::parse(&text) {
            Ok(HostPattern { host, port: None }) => Some(host),
            Ok(_) => {
                self.add(
                    "policy.host",
                    node.mark(),
                    "`host` of a handler has no port",
                    "write the host name alone",
                );
                None
            }
            Err(error) => {
                self.add(
                    "policy.host",
                    node.mark(),
                    format!("`host`: {}", error.message),
                    error.help,
                );
                None
            }
        }
    }
}

fn is_handler_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn shown(text: &str) -> String {
    crate::contract::shown(text)
}
