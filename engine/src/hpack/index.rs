//! Finding a field in the encoder's dynamic table.
//!
//! Entries are chained twice, by name and by whole field: a bucket knows its newest entry, each
//! entry the one before it in its bucket. A chain ends where it reaches an entry that has been
//! evicted, so eviction touches nothing here.

use super::dynamic_table::DynamicTable;
use crate::error::Result;
use crate::mem::{Mem, Vec};
use crate::words;

/// What the index keeps beside each entry.
#[derive(Default)]
pub(super) struct Links {
    hash: Hash,
    older_name: u32,
    older_field: u32,
}

/// The hashes of a field: of its name, and of the whole.
#[derive(Clone, Copy, Default)]
pub(super) struct Hash {
    pub name: u32,
    pub field: u32,
}

pub(super) type Table = DynamicTable<Links>;

pub(super) struct Index {
    /// The newest entry of each bucket, by name and by field. A power of two many. What a bucket
    /// says before an entry has come may be the number of any entry, so entries are always compared.
    buckets: Vec<Bucket>,
    seed: u64,
}

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

    #[inline]
    pub fn hash(&self, name: &[u8], value: &[u8]) -> Hash {
        let of_name = mix(self.seed, name);
        Hash { name: narrow(of_name), field: narrow(mix(of_name, value)) }
    }

    fn bucket(&self, hash: u32) -> Option<&Bucket> {
        self.buckets.get(hash as usize & self.buckets.len().wrapping_sub(1))
    }

    fn bucket_mut(&mut self, hash: u32) -> Option<&mut Bucket> {
        let place = hash as usize & self.buckets.len().wrapping_sub(1);
        self.buckets.get_mut(place)
    }

    /// The newest entry that is this field; None if there is none.
    #[inline]
    pub fn find_field(&self, table: &Table, hash: Hash, name: &[u8], value: &[u8]) -> Option<u32> {
        let newest = self.bucket(hash.field)?.newest_field;
        let link = |links: &Links| (links.hash.field == hash.field, links.older_field);
        let number = follow(table, newest, link)?;
        let field = table.field(number);
        match words::same(field.1, value) && words::same(field.0, name) {
            true => Some(number),
            false => search(table, |field| field == (name, value)),
        }
    }

    /// The newest entry with this name; None if there is none.
    pub fn find_name(&self, table: &Table, hash: Hash, name: &[u8]) -> Option<u32> {
        let newest = self.bucket(hash.name)?.newest_name;
        let link = |links: &Links| (links.hash.name == hash.name, links.older_name);
        let number = follow(table, newest, link)?;
        match words::same(table.field(number).0, name) {
            true => Some(number),
            false => search(table, |field| field.0 == name),
        }
    }

    /// What to keep beside an entry that is about to be inserted.
    pub fn links(&self, hash: Hash) -> Links {
        Links {
            hash,
            older_name: self.bucket(hash.name).map_or(0, |bucket| bucket.newest_name),
            older_field: self.bucket(hash.field).map_or(0, |bucket| bucket.newest_field),
        }
    }

    /// Enters the newest entry of `table`. Grows with the table.
    pub fn insert(&mut self, table: &mut Table, number: u32, hash: Hash) -> Result<()> {
        if self.buckets.len() < table.places() {
            return self.rebuild(table);
        }
        self.enter(number, hash);
        Ok(())
    }

    /// Makes an entry the newest of its buckets.
    fn enter(&mut self, number: u32, hash: Hash) {
        if let Some(bucket) = self.bucket_mut(hash.name) {
            bucket.newest_name = number;
        }
        if let Some(bucket) = self.bucket_mut(hash.field) {
            bucket.newest_field = number;
        }
    }

    #[cold]
    fn rebuild(&mut self, table: &mut Table) -> Result<()> {
        self.buckets.release();
        self.buckets.resize(table.places(), Bucket::default())?;
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
fn follow(table: &Table, mut number: u32, link: impl Fn(&Links) -> (bool, u32)) -> Option<u32> {
    let mut age = table.age(number)?;
    loop {
        let (fits, next) = link(table.extra(number)?);
        if fits {
            return Some(number);
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

#[inline]
fn mix(seed: u64, bytes: &[u8]) -> u64 {
    let start = seed ^ (bytes.len() as u64).wrapping_mul(words::GOLDEN);
    words::fold(bytes, 0, start, |hash, word| words::scramble(hash ^ word))
}

fn narrow(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}
