//! A client session alone, fed with what a server might send.

use super::Generator;
use super::server::random_frames;
use crate::script::step;

/// Requests on their way, so that responses have somewhere to go.
pub fn begin(generator: &mut Generator, announce: u64, requests: i64) {
    generator.open('c', announce);
    generator.rules('c', 3);
    for _ in 0..requests {
        if let Some(call) = generator.request_call('c') {
            generator.push(call);
        }
    }
    if generator.rng.chance(90) {
        generator.push(step('c', "drain"));
    }
    if generator.rng.chance(97) {
        generator.preface('c', false);
    }
    if generator.rng.chance(60) {
        generator.settle('c');
    }
}

pub fn life(generator: &mut Generator) {
    let announce = if generator.rng.chance(70) { 100 } else { 0 };
    let requests = generator.rng.range(0, 4);
    begin(generator, announce, requests);
    let turns = generator.rng.range(3, 30);
    let health = generator.rng.pick(&[100, 95, 90, 60]);
    generator.course('c', turns, health);
}

pub fn raw(generator: &mut Generator) {
    begin(generator, 100, 3);
    random_frames(generator, 'c');
}
