//! Random scripts: a theme chooses what kind of life the sessions lead, the other modules supply
//! sensible and senseless arguments.
//!
//! The generator never looks at a library. It keeps a rough idea of which streams exist, so that
//! most arguments mean something.

mod calls;
mod client;
mod extensions;
mod frames;
mod functions;
mod hpack;
mod messages;
mod pair;
pub mod rng;
mod rules;
mod server;
mod streams;
mod tree;
mod words;

use rng::Rng;

use crate::script::{Script, Step};

/// What the first library can be asked.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    /// Compares with a release without RFC 7540 priorities: nothing is generated in which they
    /// could show.
    Current,
    /// Compares with the last release that has them, and keeps away from what changed since.
    Tree,
}

type Theme = (&'static str, u32, fn(&mut Generator));

/// Name, weight in a mixed run, and generator of each theme.
const THEMES: &[Theme] = &[
    ("server", 20, server::life),
    ("fields", 12, messages::requests),
    ("client", 16, client::life),
    ("client-fields", 8, messages::responses),
    ("pair", 18, pair::life),
    ("data", 10, pair::data),
    ("push", 6, pair::push),
    ("extension", 5, extensions::server),
    ("extension-client", 4, extensions::client),
    ("extpri", 6, streams::priorities),
    ("flow", 6, streams::flow),
    ("raw", 8, server::raw),
    ("raw-client", 4, client::raw),
    ("upgrade", 2, pair::upgrade),
    ("hpack", 10, hpack::life),
    ("functions", 3, functions::life),
];

/// The themes of the tree profile.
const TREE_THEMES: &[Theme] = &[
    ("tree-server", 10, tree::server),
    ("tree-client", 5, tree::client),
    ("tree-pair", 5, tree::pair),
];

/// The names of all themes.
pub fn names() -> impl Iterator<Item = &'static str> {
    THEMES.iter().chain(TREE_THEMES).map(|(name, ..)| *name)
}

/// The script of a seed.
pub fn script(profile: Profile, theme: Option<&str>, seed: u64) -> Script {
    let mut generator = Generator::new(seed);
    let all = match profile {
        Profile::Current => THEMES,
        Profile::Tree => TREE_THEMES,
    };
    let named = THEMES.iter().chain(TREE_THEMES).find(|(name, ..)| Some(*name) == theme);
    let life = named.map_or_else(
        || {
            let weights: Vec<_> = all.iter().map(|(_, weight, life)| (*weight, *life)).collect();
            generator.rng.weighted(&weights)
        },
        |(_, _, life)| *life,
    );
    life(&mut generator);
    generator.steps
}

/// What the generator believes about one session.
pub struct Side {
    /// Streams that may be open.
    pub live: Vec<i32>,
    /// Requests without a response.
    pub unanswered: Vec<i32>,
    /// The next stream id of the peer and of the session itself.
    pub next_peer: i32,
    pub next_own: i32,
    /// NO_RFC7540_PRIORITIES=1 was submitted first.
    pub extensible: bool,
    /// SETTINGS the peer has not acknowledged.
    pub unacknowledged: u32,
    /// Data sources submitted so far.
    pub sources: u32,
}

impl Side {
    fn new(target: char) -> Side {
        let (next_peer, next_own) = if target == 's' { (1, 2) } else { (2, 1) };
        Side {
            live: Vec::new(),
            unanswered: Vec::new(),
            next_peer,
            next_own,
            extensible: false,
            unacknowledged: 0,
            sources: 0,
        }
    }
}

pub struct Generator {
    pub rng: Rng,
    pub steps: Script,
    pub server: Side,
    pub client: Side,
    /// Callbacks may return PAUSE in this script; then `nghttp2_session_recv` is not used.
    pub pauses: bool,
    /// Whether output goes through the send callback. A program does not take turns: the original
    /// tells a frame twice whose octets mem_send has returned when send comes next.
    pub sends: bool,
}

impl Generator {
    fn new(seed: u64) -> Generator {
        let mut rng = Rng::new(seed);
        let pauses = rng.chance(50);
        let sends = rng.chance(25);
        Generator {
            rng,
            steps: Vec::new(),
            server: Side::new('s'),
            client: Side::new('c'),
            pauses,
            sends,
        }
    }

    pub fn push(&mut self, step: Step) {
        if step.verb == "submit_settings" && step.when.is_none() {
            self.side(step.target).unacknowledged += 1;
        }
        self.steps.push(step);
    }

    pub fn side(&mut self, target: char) -> &mut Side {
        if target == 's' { &mut self.server } else { &mut self.client }
    }

    /// A stream id: mostly one that means something.
    pub fn stream(&mut self, target: char) -> i32 {
        let live = self.side(target).live.clone();
        if !live.is_empty() && self.rng.chance(88) {
            // Later streams are more interesting.
            let back = self.rng.below(live.len().min(4) as u64) as usize;
            return live[live.len() - 1 - back];
        }
        match self.rng.below(10) {
            0 => 0,
            1 => -1,
            2 => i32::MAX - self.rng.below(2) as i32,
            3 => self.side(target).next_peer,
            4 => self.side(target).next_own,
            _ => self.rng.range(1, 12) as i32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{parse, print};

    #[test]
    fn every_script_reads_back_and_has_one_seed() {
        for name in names() {
            for seed in 0..200 {
                let script = script(Profile::Current, Some(name), seed);
                assert!(!script.is_empty());
                assert_eq!(parse(&print(&script)).as_ref(), Ok(&script), "{name} {seed}");
            }
        }
    }

    #[test]
    fn without_the_announcement_there_is_one_data_source_at_most() {
        for seed in 0..2000 {
            let script = script(Profile::Current, Some("server"), seed);
            let announced = script.iter().any(|step| step.text("iv") == Some("9:1"));
            let sources = script.iter().filter(|step| step.has("read")).count();
            assert!(announced || sources <= 1, "{seed}");
        }
    }
}
