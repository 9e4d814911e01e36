//! Sections that grant: lists of names or hosts, each different, and the values of environment variables.

use std::collections::BTreeSet;

use super::{Reader, list};
use crate::{
    contract::shown,
    policy::{
        Allowed, AssetsSection, EnvSection, Secret, Section, Sections,
        json::{Kind, Member, Node},
    },
};

impl Reader {
    pub(super) fn sections(&mut self, members: &[Member<'_>], prefix: &str) -> Sections {
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
                "assets" => sections.assets = self.assets(value, &path),
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
        let members = self.section_members(node, path, &[field]);
        let member = members.first()?;
        Some(self.allow(member, &format!("{path}.{field}"), entry))
    }

    /// The members of a section, which must say something.
    fn section_members<'t>(
        &mut self,
        node: &Node<'t>,
        path: &str,
        fields: &[&str],
    ) -> Vec<Member<'t>> {
        let problems_before = self.problems.len();
        let members = self.object(node, &format!("section `{path}`"), fields);
        if members.is_empty() && self.problems.len() == problems_before {
            self.add(
                "policy.missing-field",
                node.mark(),
                format!("section `{path}` does not say what it allows"),
                format!("add {}; an empty list allows nothing", list(fields)),
            );
        }
        members
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
        let members = self.section_members(node, path, &["allow", "values"]);
        if members.is_empty() {
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

    fn assets(&mut self, node: &Node<'_>, path: &str) -> Option<AssetsSection> {
        let members = self.section_members(node, path, &["folders"]);
        let member = members.first()?;
        let clause = format!("{path}.folders");
        let mut names =
            Section { clause: clause.clone(), at: member.key_at.start, allow: Vec::new() };
        let mut folders = Vec::new();
        for entry in self.map(&member.value, &format!("`{clause}`")) {
            let name = self.plain_name(&entry.key, entry.key_at.clone(), &clause);
            let what = format!("the folder of `{}`", shown(&entry.key));
            let folder = self.folder(&entry.value, &what);
            if let (Some(name), Some(folder)) = (name, folder) {
                names.allow.push(Allowed { value: name.clone(), at: entry.key_at.start });
                folders.push((name, folder));
            }
        }
        Some(AssetsSection { names, folders })
    }

    /// A folder beneath the policy.
    fn folder(&mut self, node: &Node<'_>, what: &str) -> Option<String> {
        let path = self.string(node, what)?;
        let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
        if path != "." && !path.strip_suffix('/').unwrap_or(&path).split('/').all(plain) {
            self.add(
                "policy.folder",
                node.mark(),
                format!("{what} does not lie beneath the policy"),
                "write a relative path without `..`, such as `public`; `.` is the policy's own folder",
            );
            return None;
        }
        Some(path)
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
}
