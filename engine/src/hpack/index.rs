//! Finding a field in the encoder's dynamic table.
//!
//! Entries are chained twice, by name and by whole field: a bucket knows its newest entry, each
//! entry the one before it in its bucket. A chain ends where it reaches an entry that has been
//! evicted, so eviction touches nothing here.
//!
//! The name is looked for first, and its newest entry is compared as a whole: fields tend to be what
//! they were the last time. So most values need no hash before they are inserted.

use super::dynamic_table::{DynamicTable, Entry};
use super::static_table;
use crate::error::Result;
use crate::mem::{Mem, Vec};
use crate::words;

/// What the index keeps beside each entry.
#[derive(Clone, Copy, Default)]
pub(super) struct Links {
    hash: Hash,
    older_name: u32,
    older_field: u32,
}

/// The hashes of a field: of its name, and of the whole.
#[derive(Clone, Copy, Default)]
struct Hash {
    name: NameHash,
    field: u32,
}

/// The hash of a name; or its index in the static table if it has one there, and then no other name has
/// it.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct NameHash(u32);

impl NameHash {
    /// What a hash has, and no index.
    const HASH: u32 = 1 << 31;

    fn is_exact(self) -> bool {
        self.0 & NameHash::HASH == 0
    }
}

/// What there is of a field in the table, by the number of the entry.
pub(super) enum Found {
    Nothing,
    /// Its name, in the newest entry that has it.
    Name(u32),
    /// The whole.
    Field(u32),
}

pub(super) type Table = DynamicTable<Links>;

pub(super) struct Index {
    /// The newest entry of each bucket, by name and by field. A power of two many. What a bucket
    /// says before an entry has come may be the number of any entry, so entries are always compared.
    buckets: Vec<Bucket>,
    seed: u64,
}

/// With fewer of them the names of the static table meet too often.
const MIN_BUCKETS: usize = 32;

#[derive(Clone, Copy, Default)]
struct Bucket {
    newest_name: u32,
    newest_field: u32,
}

impl Index {
    pub const fn new(seed: u64, mem: Mem) -> Index {
        Index { buckets: Vec::new(mem), seed }
    }

    /// How many octets of heap it holds.
    pub fn memory(&self) -> usize {
        self.buckets.memory()
    }

    /// The hash of a name that stands in the static table as `known`.
    #[inline]
    pub fn hash_name(&self, known: Option<static_table::Name>, name: &[u8]) -> NameHash {
        NameHash(match known {
            Some(known) => u32::from(known.index),
            None => narrow(words::hash(self.seed, name)) | NameHash::HASH,
        })
    }

    fn hash(&self, name: NameHash, value: &[u8]) -> Hash {
        let key = self.seed ^ u64::from(name.0).wrapping_mul(words::GOLDEN);
        Hash { name, field: narrow(words::hash(key, value)) }
    }

    fn bucket(&self, hash: u32) -> Option<&Bucket> {
        self.buckets.get(hash as usize & self.buckets.len().wrapping_sub(1))
    }

    fn bucket_mut(&mut self, hash: u32) -> Option<&mut Bucket> {
        let place = hash as usize & self.buckets.len().wrapping_sub(1);
        self.buckets.get_mut(place)
    }

    /// Looks for a field; for its name alone if `is_whole` is false.
    #[inline]
    pub fn find(
        &self,
        table: &Table,
        hash: NameHash,
        (name, value): (&[u8], &[u8]),
        is_whole: bool,
    ) -> Found {
        let Some((number, entry)) = self.find_name(table, hash, name) else {
            return Found::Nothing;
        };
        if !is_whole {
            return Found::Name(number);
        }
        if words::same(table.strings(entry).1, value) {
            return Found::Field(number);
        }
        // If nothing older is in the bucket, nothing else has the name.
        let older = table.age(entry.extra.older_name);
        let older = older.and_then(|_| self.find_older(table, hash, (name, value)));
        older.map_or(Found::Name(number), Found::Field)
    }

    /// The newest entry with this name.
    #[inline]
    fn find_name<'t>(
        &self,
        table: &'t Table,
        hash: NameHash,
        name: &[u8],
    ) -> Option<(u32, &'t Entry<Links>)> {
        let newest = self.bucket(hash.0)?.newest_name;
        let found = follow(table, newest, |links| (links.hash.name == hash, links.older_name))?;
        if hash.is_exact() || words::same(table.strings(found.1).0, name) {
            return Some(found);
        }
        let number = search(table, |field| field.0 == name)?;
        Some((number, table.entry(number)?))
    }

    /// The entry that is this field.
    #[inline(never)]
    fn find_older(&self, table: &Table, hash: NameHash, wanted: (&[u8], &[u8])) -> Option<u32> {
        let hash = self.hash(hash, wanted.1).field;
        let newest = self.bucket(hash)?.newest_field;
        let (number, entry) =
            follow(table, newest, |links| (links.hash.field == hash, links.older_field))?;
        match table.strings(entry) == wanted {
            true => Some(number),
            false => search(table, |field| field == wanted),
        }
    }

    /// Puts a field into `table`, so that it is found.
    pub fn insert(
        &mut self,
        table: &mut Table,
        name_hash: NameHash,
        (name, value): (&[u8], &[u8]),
    ) -> Result<()> {
        let hash = self.hash(name_hash, value);
        let Some(number) = table.insert(name, value, self.links(hash))? else { return Ok(()) };
        if self.buckets.len() < table.places().max(MIN_BUCKETS) {
            return self.rebuild(table);
        }
        self.enter(number, hash);
        Ok(())
    }

    /// What to keep beside an entry that is about to be inserted.
    fn links(&self, hash: Hash) -> Links {
        Links {
            hash,
            older_name: self.bucket(hash.name.0).map_or(0, |bucket| bucket.newest_name),
            older_field: self.bucket(hash.field).map_or(0, |bucket| bucket.newest_field),
        }
    }

    /// Makes an entry the newest of its buckets.
    fn enter(&mut self, number: u32, hash: Hash) {
        if let Some(bucket) = self.bucket_mut(hash.name.0) {
            bucket.newest_name = number;
        }
        if let Some(bucket) = self.bucket_mut(hash.field) {
            bucket.newest_field = number;
        }
    }

    #[cold]
    fn rebuild(&mut self, table: &mut Table) -> Result<()> {
        self.buckets.release();
        self.buckets.resize(table.places().max(MIN_BUCKETS), Bucket::default())?;
        for age in (0..table.count()).rev() {
            let Some(number) = table.number(age) else { continue };
            let Some(hash) = table.extra(number).map(|links| links.hash) else { continue };
            let links = self.links(hash);
            if let Some(extra) = table.extra_mut(number) {
                *extra = links;
            }
            self.enter(number, hash);
        }
        Ok(())
    }
}

/// The first entry of a chain, from `number` on, whose hash fits. `link` says of an entry whether it
/// does, and which one comes next.
#[inline]
fn follow(
    table: &Table,
    mut number: u32,
    link: impl Fn(&Links) -> (bool, u32),
) -> Option<(u32, &Entry<Links>)> {
    let mut age = table.age(number)?;
    loop {
        let entry = table.at(number)?;
        let (fits, next) = link(&entry.extra);
        if fits {
            return Some((number, entry));
        }
        // Chains lead to older entries only. When the numbers wrap around, an old link may happen
        // to name a new entry: that is the end of the chain as well.
        let next_age = table.age(next)?;
        if next_age <= age {
            return None;
        }
        (number, age) = (next, next_age);
    }
}

/// The newest entry that is `wanted`, for the rare case that another one has the same hash.
#[cold]
#[inline(never)]
fn search(table: &Table, wanted: impl Fn((&[u8], &[u8])) -> bool) -> Option<u32> {
    let numbers = (0..table.count()).filter_map(|age| table.number(age));
    numbers.into_iter().find(|number| wanted(table.field(*number)))
}

fn narrow(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}
