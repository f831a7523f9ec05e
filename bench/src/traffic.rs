//! Kinds of requests and responses, made up from a seed: the same in each run.

use crate::ffi::{Answer, Body, Field, FieldList};

/// How many different requests there are of each kind; then they begin anew.
pub const VARIANTS: usize = 64;

/// A kind of traffic. It is made once and stays.
pub struct Traffic {
    pub name: &'static str,
    pub requests: Vec<FieldList>,
    pub request_body: Body,
    pub answers: Vec<Answer>,
}

/// Numbers that look random (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Text out of an alphabet.
    pub fn text(&mut self, alphabet: &[u8], length: usize) -> Vec<u8> {
        (0..length).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    pub fn base64(&mut self, length: usize) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String::from_utf8_lossy(&self.text(ALPHABET, length)).into_owned()
    }

    pub fn hex(&mut self, length: usize) -> String {
        String::from_utf8_lossy(&self.text(b"0123456789abcdef", length)).into_owned()
    }
}

/// One after the other: name and value.
pub fn fields(list: &[(&str, &str)]) -> Vec<Field> {
    list.iter().map(|(name, value)| Field::new(name, *value)).collect()
}

fn leak(
    name: &'static str,
    request_body: Body,
    answer_body: Body,
    mut make: impl FnMut(&mut Random, usize) -> (Vec<Field>, Vec<Field>),
) -> &'static Traffic {
    let mut random = Random(42);
    let mut traffic = Traffic { name, requests: Vec::new(), request_body, answers: Vec::new() };
    for variant in 0..VARIANTS {
        let (request, response) = make(&mut random, variant);
        traffic.requests.push(FieldList::new(&request));
        traffic.answers.push(Answer {
            fields: FieldList::new(&response),
            body: answer_body,
            trailers: FieldList::new(&fields(&[("grpc-status", "0"), ("grpc-message", "")])),
        });
    }
    Box::leak(Box::new(traffic))
}

/// Every kind, from the smallest on.
pub fn all() -> Vec<&'static Traffic> {
    vec![minimal(), browser(), post(), grpc(), cookies()]
}

/// Four fields, one field, nothing else.
pub fn minimal() -> &'static Traffic {
    leak("minimal", Body::None, Body::None, |_, _| {
        let request = [
            (":method", "GET"),
            (":scheme", "https"),
            (":authority", "example.org"),
            (":path", "/"),
        ];
        (fields(&request), fields(&[(":status", "204")]))
    })
}

/// A page and what belongs to it: thirteen fields, eight fields and a small body.
pub fn browser() -> &'static Traffic {
    leak("browser", Body::None, Body::Once(256), |random, variant| {
        (browser_request(random, variant), browser_response(random))
    })
}

pub fn browser_request(random: &mut Random, variant: usize) -> Vec<Field> {
    let path = format!("/assets/{}/{}.css?v={}", random.hex(8), random.base64(12), variant);
    let referer = format!("https://www.example.org/articles/2024/{}.html", variant / 4);
    let session = format!("session={}; theme=dark; consent=all", "k3J9xQ2mVb7LpRt0");
    let tag = format!("\"{}\"", random.hex(16));
    fields(&[
        (":method", "GET"),
        (":scheme", "https"),
        (":authority", "www.example.org"),
        (":path", &path),
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
        ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("accept-language", "en-US,en;q=0.5"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
        ("referer", &referer),
        ("cookie", &session),
        ("sec-fetch-dest", ["style", "script", "image", "font"][variant % 4]),
        ("if-none-match", &tag),
        ("x-request-id", &random.hex(32)),
    ])
}

pub fn browser_response(random: &mut Random) -> Vec<Field> {
    let tag = format!("\"{}\"", random.hex(16));
    let day = random.below(28) + 1;
    let modified = format!("Tue, {day:02} Oct 2024 11:{:02}:07 GMT", random.below(60));
    fields(&[
        (":status", "200"),
        ("date", "Wed, 06 Nov 2024 09:14:32 GMT"),
        ("content-type", ["text/css", "text/javascript", "image/webp"][random.below(3)]),
        ("content-length", "256"),
        ("etag", &tag),
        ("last-modified", &modified),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("server", "nginx/1.27.2"),
    ])
}

/// JSON both ways.
pub fn post() -> &'static Traffic {
    leak("post", Body::Once(1024), Body::Once(512), |random, _| {
        (api_request(random, "POST"), api_response(random))
    })
}

pub fn api_request(random: &mut Random, method: &str) -> Vec<Field> {
    let path = format!("/v2/accounts/{}/orders/{}", random.below(1000), random.hex(12));
    let trace = format!("00-{}-{}-01", random.hex(32), random.hex(16));
    let mut request = fields(&[
        (":method", method),
        (":scheme", "https"),
        (":authority", "api.example.com"),
        (":path", &path),
        ("user-agent", "example-sdk/3.14.0 (linux; amd64)"),
        ("accept", "application/json"),
        ("content-type", "application/json"),
        ("traceparent", &trace),
    ]);
    let token = format!("Bearer {}", "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.".repeat(5));
    request.push(Field::new("authorization", token));
    request
}

pub fn api_response(random: &mut Random) -> Vec<Field> {
    fields(&[
        (":status", ["200", "201"][random.below(2)]),
        ("content-type", "application/json; charset=utf-8"),
        ("date", "Wed, 06 Nov 2024 09:14:32 GMT"),
        ("x-request-id", &random.hex(32)),
        ("x-ratelimit-remaining", &random.below(5000).to_string()),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ])
}

/// A unary call: a message each way, and trailers.
pub fn grpc() -> &'static Traffic {
    leak("grpc", Body::Once(96), Body::WithTrailers(128), |random, variant| {
        (grpc_request(random, variant), grpc_response())
    })
}

pub fn grpc_request(random: &mut Random, variant: usize) -> Vec<Field> {
    let method = ["Get", "List", "Watch", "Update"][variant % 4];
    let path = format!("/store.v1.Inventory/{method}Item");
    let timeout = format!("{}m", 900 + random.below(100));
    fields(&[
        (":method", "POST"),
        (":scheme", "http"),
        (":path", &path),
        (":authority", "inventory.internal:8443"),
        ("te", "trailers"),
        ("content-type", "application/grpc"),
        ("user-agent", "grpc-go/1.68.0"),
        ("grpc-timeout", &timeout),
        ("x-trace-bin", &random.base64(24)),
    ])
}

pub fn grpc_response() -> Vec<Field> {
    fields(&[
        (":status", "200"),
        ("content-type", "application/grpc"),
        ("grpc-encoding", "identity"),
        ("grpc-accept-encoding", "gzip"),
    ])
}

/// A browser with two kilooctets of cookies, some of which change.
pub fn cookies() -> &'static Traffic {
    leak("cookies", Body::None, Body::Once(256), |random, variant| {
        (cookie_request(random, variant), browser_response(random))
    })
}

pub fn cookie_request(random: &mut Random, variant: usize) -> Vec<Field> {
    let mut request = browser_request(random, variant);
    request.retain(|field| field.name != b"cookie");
    let mut steady = Random(7);
    for crumb in 0..8 {
        // Crumbs of one page are the same; one of them counts visits.
        let value = match crumb {
            0 => format!("visits={variant}; last={}", random.hex(16)),
            _ => format!("c{crumb}={}", steady.base64(240)),
        };
        request.push(Field::new("cookie", value));
    }
    request
}
