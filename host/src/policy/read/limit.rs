//! Limits: names of the table, whole numbers in its ranges, each where it may be set.

use super::{LimitSettings, Reader, list};
use crate::{
    contract::shown,
    limits::{LimitError, Limits, Scope, TABLE},
    policy::json::{Kind, Member, Node},
};

impl Reader {
    pub(super) fn limits(&mut self, node: &Node<'_>, allowed: Scope) -> LimitSettings {
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
}
