//! What stands after `?` in the address of a screen: what is searched for, what is being built. So 'back' brings it back.

use std::fmt;

/// Names and their values, each name once, in the order in which they were set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what follows the `?` of `route`; nothing where there is none.
    #[must_use]
    pub fn of(route: &str) -> Self {
        let pairs = route.split_once('?').map_or("", |(_, query)| query);
        let pairs = form_urlencoded::parse(pairs.as_bytes());
        pairs.fold(Self::default(), |query, (name, value)| query.with(&name, &value))
    }

    /// The value of `name`; empty where it has none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The same with another value for `name`; an empty one takes the name out.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let place = self.0.iter().position(|(known, _)| known == name);
        match (place, value.is_empty()) {
            (Some(place), true) => drop(self.0.remove(place)),
            (Some(place), false) => self.0[place].1 = value.to_owned(),
            (None, true) => {}
            (None, false) => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// With its `?`, where it says anything.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return Ok(());
        }
        write!(f, "?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_comes_back_from_the_address_whatever_it_says() {
        let query = Query::default().with("q", "støtte & ro = 100 % / #?").with("time", "30");
        let address = format!("/tools{query}");
        assert_eq!(Query::of(&address), query);
        assert!(!address[7..].contains(['#', '/', ' ']), "{address}");
        assert_eq!(query.clone().with("time", "").with("q", ""), Query::default());
        assert_eq!(Query::default().to_string(), "");
        assert_eq!(Query::of("/tools").get("q"), "");
        assert_eq!(query.with("time", "15").get("time"), "15");
    }
}
