//! The `handlers` map: for each name its module, where it answers, and what it is granted.

use std::collections::BTreeMap;

use super::Reader;
use crate::{
    contract::shown,
    limits::Scope,
    policy::{
        Handler, HostPattern,
        json::{Member, Node},
    },
};

/// The fields of an entry.
const FIELDS: [&str; 9] =
    ["module", "mount", "host", "env", "egress", "cache", "sql", "assets", "limits"];

impl Reader {
    pub(super) fn handlers(&mut self, node: &Node<'_>) -> Vec<Handler> {
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
        let members = self.object(&member.value, &what, &FIELDS);
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
