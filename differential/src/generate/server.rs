//! A server session alone, fed with frames.

use super::Generator;
use crate::script::{Step, hex, step};

impl Generator {
    /// Opens a session. With the given chance it announces RFC 9218 priorities first: then
    /// several streams may send at once.
    pub fn open(&mut self, target: char, announce: u64) -> Step {
        let open = self.configure(step(target, "open"));
        let without_magic = target == 's' && self.rng.chance(10);
        let open = open.arg_if(without_magic, "opt.no_recv_client_magic", 1);
        self.push(open.clone());
        if self.rng.chance(announce) {
            let mut iv = "9:1".to_string();
            let more = self.settings(target, true);
            if !more.is_empty() {
                iv = format!("{iv},{more}");
            }
            self.side(target).extensible = true;
            // Invalid entries would void the announcement with the whole call.
            self.push(step(target, "submit_settings").arg("iv", "9:1"));
            if iv.len() > 3 {
                let rest = iv[4..].to_string();
                self.push(step(target, "submit_settings").arg("iv", rest));
            }
        } else if self.rng.chance(92) {
            let iv = self.settings(target, true);
            self.push(step(target, "submit_settings").arg_if(!iv.is_empty(), "iv", iv));
        }
        open
    }

    /// Lets the session read its inbox.
    pub fn read_input(&mut self, target: char) {
        if !self.pauses && self.rng.chance(12) {
            let plan = self.rng.pick(&["", "1,1,1,30", "100,wb", "0", "50,eof", "20,-1", "9,wb"]);
            self.push(step(target, "recv_call").arg_if(!plan.is_empty(), "plan", plan));
            return;
        }
        let mut recv = step(target, "recv");
        if let Some(cuts) = self.cuts() {
            recv = recv.arg("cut", cuts);
        }
        let old = self.rng.chance(15);
        self.push(recv.arg_if(old, "v", 1));
    }

    /// Lets the session write.
    pub fn write_output(&mut self, target: char) {
        let write = match self.rng.below(10) {
            0..=4 => step(target, "drain"),
            _ if !self.sends => step(target, "mem_send").arg("n", self.rng.range(1, 4)),
            _ => {
                let plan =
                    self.rng.pick(&["", "1,2,3", "10,wb", "wb", "5,5,wb", "9,1,1", "100,-902"]);
                step(target, "send").arg_if(!plan.is_empty(), "plan", plan)
            }
        };
        let old = self.rng.chance(10);
        let write = write.arg_if(old, "v", 1);
        self.push(write);
    }

    /// The common course of a session on its own.
    pub fn course(&mut self, target: char, turns: i64, health: u64) {
        for _ in 0..turns {
            match self.rng.below(100) {
                0..=44 => self.any_frame(target, health),
                45..=66 => self.read_input(target),
                67..=84 => {
                    let call = self.call(target);
                    self.push(call);
                }
                85..=95 => self.write_output(target),
                _ => self.rule(target),
            }
        }
        self.push(step(target, "recv"));
        self.push(step(target, "drain"));
        self.finish(target);
    }

    /// Some sessions are deleted as they are, some are written out first.
    pub fn finish(&mut self, target: char) {
        if self.rng.chance(50) {
            self.push(step(target, "recv"));
            self.push(step(target, "drain"));
        }
        self.push(step(target, "del"));
    }
}

pub fn life(generator: &mut Generator) {
    let open = generator.open('s', 90);
    generator.rules('s', 4);
    let magic = !open.has("opt.no_recv_client_magic");
    if generator.rng.chance(98) {
        generator.preface('s', magic);
    }
    if generator.rng.chance(60) {
        generator.settle('s');
    }
    let turns = generator.rng.range(3, 30);
    let health = generator.rng.pick(&[100, 95, 90, 60]);
    generator.course('s', turns, health);
}

/// Random frames and random octets.
pub fn raw(generator: &mut Generator) {
    let open = generator.open('s', 100);
    let magic = !open.has("opt.no_recv_client_magic");
    generator.preface('s', magic);
    random_frames(generator, 's');
}

pub fn random_frames(generator: &mut Generator, target: char) {
    generator.rules(target, 2);
    for _ in 0..generator.rng.range(2, 20) {
        match generator.rng.below(20) {
            0..=1 => {
                let length = generator.rng.range(1, 60) as usize;
                let octets = generator.rng.octets(length);
                generator.push(step(target, "feed").word("raw").arg("hex", hex(&octets)));
            }
            2..=6 => generator.any_frame(target, 90),
            _ => generator.random_frame(target),
        }
        if generator.rng.chance(40) {
            generator.read_input(target);
        }
        if generator.rng.chance(15) {
            let call = generator.call(target);
            generator.push(call);
        }
        if generator.rng.chance(10) {
            generator.write_output(target);
        }
    }
    generator.push(step(target, "recv"));
    generator.push(step(target, "drain"));
    generator.finish(target);
}
