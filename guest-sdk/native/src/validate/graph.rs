//! What a schema can cost. In: a schema document. Out: its subschemas as nodes, with edges to what each applies to the same
//! value, to the values inside it, and to its names; and from them a bound of the work for given data.
//!
//! ```text
//!  same:   allOf anyOf oneOf not if then else dependentSchemas $ref $dynamicRef
//!  inside: properties additionalProperties patternProperties unevaluatedProperties
//!          prefixItems items contains unevaluatedItems            names: propertyNames
//! ```
//!
//! Edges to the same value must not form a circle, which would never end. Circles through the inside end with the data;
//! there the work is counted against the data before it is done.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::Problem;

/// Most units of work of one check: a unit is a step of a pattern over one byte, a few nanoseconds at most.
pub(super) const WORK_MAX: u64 = 100_000_000;
/// Units of visiting one subschema.
const VISIT: u64 = 4;
/// Longest way over edges to the same value.
const SAME_DEPTH_MAX: usize = 64;
/// Most steps that all patterns of a schema have together.
const PATTERN_STEPS_MAX: u64 = 16 * 1024;

/// The subschemas of a document.
#[derive(Debug)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    /// The nodes in an order in which edges to the same value lead forward: the place of each.
    rank: Vec<u32>,
    order: Vec<u32>,
    /// Units for each byte of data, whatever the data; nothing where the schema is recursive.
    per_byte: Option<u64>,
    /// The longest way over edges to the same value.
    pub(super) same_depth: usize,
}

#[derive(Debug, Default)]
struct Node {
    /// Units of looking at a value, and at each byte of it if it is a text, and at each byte of its names.
    visit: u64,
    text: u64,
    names: u64,
    same: Vec<u32>,
    members: HashMap<String, u32>,
    any_member: Vec<u32>,
    prefix: Vec<u32>,
    any_item: Vec<u32>,
    name: Vec<u32>,
}

impl Node {
    /// Whether it applies anything to what is inside a value.
    fn leads_inside(&self) -> bool {
        let lists = [&self.any_member, &self.prefix, &self.any_item, &self.name];
        !self.members.is_empty() || lists.iter().any(|list| !list.is_empty())
    }
}

/// What a keyword holds.
enum Holds {
    One,
    List,
    Map,
}

/// Where a keyword's subschemas apply.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Applies {
    Same,
    Member,
    AnyMember,
    Prefix,
    AnyItem,
    Name,
    Nowhere,
}

/// Every keyword that holds subschemas.
fn keyword(name: &str) -> Option<(Holds, Applies)> {
    Some(match name {
        "not" | "if" | "then" | "else" => (Holds::One, Applies::Same),
        "allOf" | "anyOf" | "oneOf" => (Holds::List, Applies::Same),
        "dependentSchemas" => (Holds::Map, Applies::Same),
        "properties" => (Holds::Map, Applies::Member),
        "patternProperties" => (Holds::Map, Applies::AnyMember),
        "additionalProperties" | "unevaluatedProperties" => (Holds::One, Applies::AnyMember),
        "prefixItems" => (Holds::List, Applies::Prefix),
        "items" | "contains" | "unevaluatedItems" => (Holds::One, Applies::AnyItem),
        "propertyNames" => (Holds::One, Applies::Name),
        "contentSchema" => (Holds::One, Applies::Nowhere),
        // The older name is where many still keep what they refer to.
        "$defs" | "definitions" => (Holds::Map, Applies::Nowhere),
        _ => return None,
    })
}

impl Graph {
    /// Reads a schema document; an error if it refers to anything but itself, or could run without end.
    pub(super) fn read(document: &Value) -> Result<Self, Problem> {
        let mut builder = Builder::default();
        builder.node(document, String::new(), 0)?;
        builder.connect()?;
        let Builder { nodes, .. } = builder;
        let mut graph =
            Self { same_depth: 0, rank: Vec::new(), order: Vec::new(), per_byte: None, nodes };
        graph.sort()?;
        let mut known = vec![Sum::Unknown; graph.nodes.len()];
        graph.per_byte = graph.sum(0, &mut known);
        Ok(graph)
    }

    /// Whether a check of `data`, which was written in `bytes` bytes, takes no more than `most` units.
    pub(super) fn affords(&self, data: &Value, bytes: usize, most: u64) -> bool {
        let mut left = most;
        self.cheap(bytes, most)
            || self.count(data, &BTreeMap::from([(self.rank[0], 1)]), &mut left).is_some()
    }

    /// Whether `bytes` bytes of any data take no more than `most` units.
    fn cheap(&self, bytes: usize, most: u64) -> bool {
        self.per_byte.is_some_and(|units| units.saturating_mul(bytes as u64) <= most)
    }

    /// Subtracts the units that `value` takes with these nodes (by rank, each with a number of times) applied to it.
    fn count(&self, value: &Value, nodes: &BTreeMap<u32, u64>, left: &mut u64) -> Option<()> {
        let mut nodes = nodes.clone();
        let mut applied: Vec<(&Node, u64)> = Vec::new();
        while let Some((rank, times)) = nodes.pop_first() {
            let node = &self.nodes[self.order[rank as usize] as usize];
            let length = value.as_str().map_or(0, str::len) as u64;
            let names = value
                .as_object()
                .map_or(0, |members| members.keys().map(|name| name.len() as u64).sum());
            let own = node.visit + 1 + node.text.saturating_mul(length) + node.names * names;
            *left = left.checked_sub(own.saturating_mul(times))?;
            for target in &node.same {
                add(&mut nodes, self.rank[*target as usize], times);
            }
            if node.leads_inside() {
                applied.push((node, times));
            }
        }
        let inside = value.as_array().map_or(0, Vec::len) + value.as_object().map_or(0, Map::len);
        *left = left.checked_sub((inside * applied.len()) as u64)?;
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    let inside = self.targets(&applied, |node| {
                        node.prefix.get(at).into_iter().chain(&node.any_item)
                    });
                    self.count(item, &inside, left)?;
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    let inside = self.targets(&applied, |node| {
                        node.members.get(name).into_iter().chain(&node.any_member)
                    });
                    self.count(member, &inside, left)?;
                    let names = self.targets(&applied, |node| node.name.iter().chain(&[]));
                    if !names.is_empty() {
                        self.count(&Value::from(name.as_str()), &names, left)?;
                    }
                }
            }
            _ => {}
        }
        Some(())
    }

    fn targets<'n, I: Iterator<Item = &'n u32>>(
        &self,
        applied: &[(&'n Node, u64)],
        of: impl Fn(&'n Node) -> I,
    ) -> BTreeMap<u32, u64> {
        let mut targets = BTreeMap::new();
        for (node, times) in applied {
            for target in of(node) {
                add(&mut targets, self.rank[*target as usize], *times);
            }
        }
        targets
    }

    /// Finds the order over edges to the same value, and refuses circles and ways that are too long.
    fn sort(&mut self) -> Result<(), Problem> {
        let mut depth: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut open = vec![false; self.nodes.len()];
        for start in 0..self.nodes.len() {
            // A node is left once all that it leads to were; `at` is the edge to look at next.
            let mut stack = vec![(start, 0)];
            while let Some((node, at)) = stack.pop() {
                if depth[node].is_some() {
                    continue;
                }
                open[node] = true;
                if let Some(next) = self.nodes[node].same.get(at) {
                    let next = *next as usize;
                    stack.push((node, at + 1));
                    if open[next] && depth[next].is_none() {
                        return Err(Problem::Schema(
                            "it applies itself to the same value without end; go through `properties` or `items`"
                                .into(),
                        ));
                    }
                    stack.push((next, 0));
                    continue;
                }
                let below = self.nodes[node].same.iter().filter_map(|next| depth[*next as usize]);
                let own = below.max().map_or(0, |below| below + 1);
                if own > SAME_DEPTH_MAX {
                    return Err(Problem::Schema(format!(
                        "more than {SAME_DEPTH_MAX} subschemas within each other apply to the same value"
                    )));
                }
                self.same_depth = self.same_depth.max(own);
                depth[node] = Some(own);
                order.push(node as u32);
            }
        }
        order.reverse();
        self.rank = vec![0; order.len()];
        for (rank, node) in order.iter().enumerate() {
            self.rank[*node as usize] = rank as u32;
        }
        self.order = order;
        Ok(())
    }

    /// The units of a node and all that it leads to, however the data is; nothing if it leads back to itself.
    fn sum(&self, at: u32, known: &mut [Sum]) -> Option<u64> {
        match known[at as usize] {
            Sum::Known(sum) => return sum,
            Sum::Open => return None,
            Sum::Unknown => known[at as usize] = Sum::Open,
        }
        let node = &self.nodes[at as usize];
        let edges = [&node.same, &node.any_member, &node.prefix, &node.any_item, &node.name];
        let mut sum = Some(node.visit + node.text + node.names);
        for target in edges.into_iter().flatten().chain(node.members.values()) {
            sum = match (sum, self.sum(*target, known)) {
                (Some(sum), Some(more)) => Some(sum.saturating_add(more)),
                _ => None,
            };
        }
        known[at as usize] = Sum::Known(sum);
        sum
    }
}

fn add(nodes: &mut BTreeMap<u32, u64>, node: u32, times: u64) {
    let known = nodes.entry(node).or_default();
    *known = known.saturating_add(times);
}

#[derive(Clone, Copy)]
enum Sum {
    Unknown,
    Open,
    Known(Option<u64>),
}

/// Collects nodes by their JSON pointer, and the references between them.
#[derive(Default)]
struct Builder<'d> {
    nodes: Vec<Node>,
    places: HashMap<String, u32>,
    anchors: HashMap<&'d str, u32>,
    dynamic: HashMap<&'d str, Vec<u32>>,
    references: Vec<(u32, &'d str)>,
    dynamic_references: Vec<(u32, &'d str)>,
    id: Option<&'d str>,
    /// What holds `unevaluatedProperties` or `unevaluatedItems`.
    twice: Vec<u32>,
    pattern_steps: u64,
}

/// Deepest nesting of a schema's text.
const SCHEMA_DEPTH_MAX: usize = 64;

impl<'d> Builder<'d> {
    fn node(&mut self, schema: &'d Value, place: String, depth: usize) -> Result<u32, Problem> {
        if depth > SCHEMA_DEPTH_MAX {
            return Err(Problem::Schema(format!("it is nested deeper than {SCHEMA_DEPTH_MAX}")));
        }
        let index = self.nodes.len() as u32;
        self.nodes.push(Node { visit: VISIT, ..Node::default() });
        self.places.insert(place.clone(), index);
        let Value::Object(members) = schema else { return Ok(index) };
        self.own(index, members)?;
        for (name, value) in members {
            let Some((holds, applies)) = keyword(name) else { continue };
            let place = format!("{place}/{name}");
            match (holds, value) {
                (Holds::One, _) => {
                    let node = self.node(value, place, depth + 1)?;
                    self.edge(index, applies, None, node);
                }
                (Holds::List, Value::Array(list)) => {
                    for (at, value) in list.iter().enumerate() {
                        let node = self.node(value, format!("{place}/{at}"), depth + 1)?;
                        self.edge(index, applies, None, node);
                    }
                }
                (Holds::Map, Value::Object(map)) => {
                    for (key, value) in map {
                        let escaped = key.replace('~', "~0").replace('/', "~1");
                        let node = self.node(value, format!("{place}/{escaped}"), depth + 1)?;
                        if name == "patternProperties" {
                            let steps = self.pattern(key)?;
                            self.nodes[index as usize].names += steps;
                        }
                        self.edge(index, applies, Some(key), node);
                    }
                }
                // The library says what is wrong with it.
                _ => {}
            }
        }
        if members.contains_key("unevaluatedProperties") || members.contains_key("unevaluatedItems")
        {
            self.twice.push(index);
        }
        Ok(index)
    }

    fn edge(&mut self, from: u32, applies: Applies, key: Option<&str>, to: u32) {
        let node = &mut self.nodes[from as usize];
        match (applies, key) {
            (Applies::Same, _) => node.same.push(to),
            (Applies::Member, Some(key)) => {
                node.members.insert(key.to_owned(), to);
            }
            (Applies::AnyMember, _) => node.any_member.push(to),
            (Applies::Prefix, _) => node.prefix.push(to),
            (Applies::AnyItem, _) => node.any_item.push(to),
            (Applies::Name, _) => node.name.push(to),
            (Applies::Nowhere | Applies::Member, _) => {}
        }
    }

    /// What a subschema says of itself.
    fn own(&mut self, index: u32, members: &'d Map<String, Value>) -> Result<(), Problem> {
        for (name, value) in members {
            let text = value.as_str();
            match name.as_str() {
                "$ref" => self.references.extend(text.map(|text| (index, text))),
                "$dynamicRef" => self.dynamic_references.extend(text.map(|text| (index, text))),
                "$recursiveRef" => return Err(Problem::Schema("use `$dynamicRef`".into())),
                "$anchor" => self.anchors.extend(text.map(|text| (text, index))),
                "$dynamicAnchor" => {
                    if let Some(text) = text {
                        self.anchors.insert(text, index);
                        self.dynamic.entry(text).or_default().push(index);
                    }
                }
                "$id" if index == 0 => self.id = text.map(|id| id.trim_end_matches('#')),
                "$id" => {
                    return Err(Problem::Schema(
                        "`$id` stands inside it; use `$defs` and `#/$defs/…`".into(),
                    ));
                }
                "$schema" if text.is_none_or(|text| text.trim_end_matches('#') != DRAFT) => {
                    return Err(Problem::Schema(format!("its `$schema` is not {DRAFT}")));
                }
                "enum" | "const" | "required" | "dependentRequired" => {
                    let bytes = value.to_string().len() as u64;
                    self.nodes[index as usize].visit += bytes / 8;
                }
                "uniqueItems" => self.nodes[index as usize].visit += VISIT,
                "pattern" => {
                    let steps = self.pattern(text.unwrap_or_default())?;
                    self.nodes[index as usize].text += steps;
                }
                "format" if text == Some("regex") => {
                    return Err(Problem::Schema("the format `regex` is not offered".into()));
                }
                "format" => self.nodes[index as usize].text += 8,
                _ => {}
            }
        }
        Ok(())
    }

    /// About how many steps a pattern has: its length, as often as its counts repeat it.
    fn pattern(&mut self, pattern: &str) -> Result<u64, Problem> {
        let mut steps = pattern.len() as u64 + 1;
        for counted in pattern.split('{').skip(1) {
            let counts = counted.split('}').next().unwrap_or_default();
            let most = counts.split(',').filter_map(|count| count.trim().parse::<u64>().ok()).max();
            steps = steps.saturating_mul(most.unwrap_or(1).max(1));
        }
        steps = steps.saturating_add(500 * pattern.matches("\\p").count() as u64);
        self.pattern_steps = self.pattern_steps.saturating_add(steps);
        if self.pattern_steps > PATTERN_STEPS_MAX {
            return Err(Problem::Schema("its patterns are too large together".into()));
        }
        Ok(steps)
    }

    /// Turns references into edges to the same value.
    fn connect(&mut self) -> Result<(), Problem> {
        for (from, reference) in self.references.clone() {
            let to = self.target(reference)?;
            self.nodes[from as usize].same.push(to);
        }
        for (from, reference) in self.dynamic_references.clone() {
            let to = self.target(reference)?;
            let name = reference.rsplit('#').next().unwrap_or_default();
            // Which one it is depends on the way there: it may be any of that name.
            match self.dynamic.get(name).cloned() {
                Some(several) if several.contains(&to) => {
                    self.nodes[from as usize].same.extend(several);
                }
                _ => self.nodes[from as usize].same.push(to),
            }
        }
        // To know what was evaluated, everything beside it is evaluated once more.
        for node in std::mem::take(&mut self.twice) {
            let again = self.nodes[node as usize].same.clone();
            self.nodes[node as usize].same.extend(again);
        }
        Ok(())
    }

    fn target(&self, reference: &str) -> Result<u32, Problem> {
        let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let refuse = |why: &str| Err(Problem::Schema(format!("`{reference}` {why}")));
        if !document.is_empty() && self.id != Some(document) {
            return refuse("is outside of it; put it into `$defs` and refer to `#/$defs/…`");
        }
        let Ok(fragment) = percent_decode_str(fragment).decode_utf8() else {
            return refuse("is no reference");
        };
        let found = match &*fragment {
            "" => Some(0),
            pointer if pointer.starts_with('/') => self.places.get(pointer).copied(),
            anchor => self.anchors.get(anchor).copied(),
        };
        found.map_or_else(|| refuse("does not lead to a subschema of it"), Ok)
    }
}

/// The draft that schemas are read by.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
