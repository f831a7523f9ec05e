//! Messages from their fields.

use super::*;

const REQUEST: Context = Context {
    server: true,
    trailer: false,
    pushed: false,
    extended_connect: false,
    trimmed: true,
    priority: true,
};
const RESPONSE: Context = Context { server: false, ..REQUEST };

const GET: [(&str, &str); 4] =
    [(":method", "GET"), (":scheme", "https"), (":authority", "example.org"), (":path", "/")];

fn traits(name: &str, value: &str) -> Traits {
    Traits::of(name.as_bytes(), value.as_bytes())
}

fn request(message: &mut Message, fields: &[(&str, &str)]) -> Verdict {
    let verdicts = fields
        .iter()
        .map(|(name, value)| message.request_field(traits(name, value), value.as_bytes(), REQUEST));
    verdicts.last().unwrap()
}

fn response(message: &mut Message, fields: &[(&str, &str)]) -> Verdict {
    let verdicts = fields.iter().map(|(name, value)| {
        message.response_field(traits(name, value), value.as_bytes(), RESPONSE)
    });
    verdicts.last().unwrap()
}

/// The verdict on one more field of a good request.
fn extra(name: &str, value: &str) -> Verdict {
    request(&mut Message::new(), &[&GET[..], &[(name, value)]].concat())
}

#[test]
fn fields_that_a_request_can_do_without() {
    for (name, value) in [
        ("", "x"),
        ("a b", "x"),
        ("a:b", "x"),
        ("a\u{1}B", "x"),
        ("foo", "\0"),
        ("foo", "\u{7f}"),
        ("foo", " x"),
        ("foo", "x\t"),
        ("host", "a@b"),
        ("host", "a/b"),
        ("host", "a b"),
        ("priority", " u=1"),
    ] {
        assert_eq!(extra(name, value), Verdict::Ignore, "{name}: {value}");
    }
}

#[test]
fn fields_that_spoil_a_request() {
    for (name, value) in [
        ("Foo", "x"),
        (":foo", "x"),
        (":status", "200"),
        (":path", "/"),
        ("connection", "close"),
        ("keep-alive", ""),
        ("proxy-connection", ""),
        ("transfer-encoding", ""),
        ("upgrade", "\0"),
        ("te", "gzip"),
        ("te", " trailers"),
        ("content-length", "0 "),
        ("content-length", ""),
        ("content-length", "+1"),
        ("content-length", "9223372036854775808"),
        ("host", ""),
        (":protocol", "x"),
    ] {
        assert_eq!(extra(name, value), Verdict::Reject, "{name}: {value}");
    }
    for name in ["host", "content-length"] {
        let twice = [&GET[..], &[(name, "0"), (name, "0")]].concat();
        assert_eq!(request(&mut Message::new(), &twice), Verdict::Reject);
    }
    let late = [&GET[..3], &[("foo", "bar"), (":path", "/")]].concat();
    assert_eq!(request(&mut Message::new(), &late), Verdict::Reject);
}

#[test]
fn fields_that_a_request_may_have() {
    for (name, value) in [
        ("foo", ""),
        ("foo", "\u{80}"),
        ("te", "Trailers"),
        ("content-length", "9223372036854775807"),
        ("host", "[::1]:80"),
        ("priority", "u=9"),
    ] {
        assert_eq!(extra(name, value), Verdict::Deliver, "{name}: {value}");
    }
}

#[test]
fn what_a_request_must_have() {
    let ends = |fields: &[(&str, &str)]| {
        let mut message = Message::new();
        assert_eq!(request(&mut message, fields), Verdict::Deliver);
        message.end_request()
    };
    assert!(ends(&GET));
    for missing in 0..GET.len() {
        let mut fields = GET.to_vec();
        fields.remove(missing);
        assert!(!ends(&fields));
    }
    let with = |path, method, scheme| {
        ends(&[(":method", method), (":scheme", scheme), (":path", path), ("host", "a")])
    };
    assert!(with("/x", "GET", "http") && with("*", "OPTIONS", "HTTP") && with("x", "GET", "ftp"));
    assert!(!with("x", "GET", "https") && !with("*", "GET", "https"));
    assert!(ends(&[(":method", "CONNECT"), (":authority", "a:1")]));
    assert!(!ends(&[(":method", "CONNECT"), (":authority", "a:1"), (":path", "/")]));
    assert!(!ends(&[(":method", "CONNECT")]));
}

#[test]
fn extended_connect_needs_leave() {
    let context = Context { extended_connect: true, ..REQUEST };
    let mut message = Message::new();
    for (name, value) in [
        (":method", "CONNECT"),
        (":scheme", "https"),
        (":authority", "a"),
        (":path", "/"),
        (":protocol", "websocket"),
    ] {
        assert_eq!(
            message.request_field(traits(name, value), value.as_bytes(), context),
            Verdict::Deliver
        );
    }
    assert!(message.end_request());
    let mut message = Message::new();
    request(&mut message, &GET);
    assert_eq!(
        message.request_field(traits(":protocol", "websocket"), b"websocket", context),
        Verdict::Deliver
    );
    assert!(!message.end_request(), "only CONNECT can be extended");
}

#[test]
fn content_must_have_the_length_it_was_given() {
    let mut message = Message::new();
    request(&mut message, &[("content-length", "5")]);
    assert!(message.data(3) && !message.may_end());
    assert!(message.data(2) && message.may_end());
    assert!(!message.data(1));
}

#[test]
fn the_status_decides_about_content() {
    for (method, status, length) in [
        ("HEAD", "200", Some(0)),
        ("GET", "204", Some(0)),
        ("GET", "304", Some(0)),
        ("CONNECT", "200", None),
        ("GET", "200", Some(7)),
    ] {
        let mut message = Message::new();
        message.note_method(method.as_bytes());
        response(&mut message, &[(":status", status)]);
        if status != "204" {
            response(&mut message, &[("content-length", "7")]);
        }
        assert!(message.end_response());
        for len in 0..10 {
            let (mut message, expected) = (message, length.unwrap_or(len));
            assert_eq!(message.data(len), len <= expected, "{method} {status}");
            assert_eq!(message.may_end(), len == expected, "{method} {status}");
        }
    }
    let after = |status, value| {
        response(&mut Message::new(), &[(":status", status), ("content-length", value)])
    };
    assert_eq!(after("204", "0"), Verdict::Drop);
    assert_eq!(after("204", "1"), Verdict::Reject);
    assert_eq!(after("100", "0"), Verdict::Reject);
}

#[test]
fn a_status_is_three_digits_and_not_101() {
    for status in ["099", "20", "2000", "101", "", "2x0"] {
        assert_eq!(
            response(&mut Message::new(), &[(":status", status)]),
            Verdict::Reject,
            "{status}"
        );
    }
    assert_eq!(response(&mut Message::new(), &[(":status", "999")]), Verdict::Deliver);
    assert_eq!(
        response(&mut Message::new(), &[(":status", "200"), (":status", "200")]),
        Verdict::Reject
    );
    assert!(!Message::new().end_response());
}

#[test]
fn an_interim_response_starts_over() {
    let mut message = Message::new();
    assert_eq!(response(&mut message, &[(":status", "103"), ("link", "x")]), Verdict::Deliver);
    assert!(message.end_response() && message.expects_final());
    assert!(!message.may_end() && !message.data(1));
    assert_eq!(response(&mut message, &[(":status", "200")]), Verdict::Deliver);
    assert!(message.end_response() && !message.expects_final());
}

#[test]
fn priorities_add_up_unless_one_is_void() {
    let after = |values: &[&str]| {
        let mut message = Message::new();
        for value in values {
            message.request_field(traits("priority", value), value.as_bytes(), REQUEST);
        }
        message.priority()
    };
    let priority = |urgency, incremental| Some(Priority { urgency, incremental });
    assert_eq!(after(&[]), None);
    assert_eq!(after(&[""]), priority(3, false));
    assert_eq!(after(&["u=1", "i"]), priority(1, true));
    for void in ["u=8", " u=1", "i=1", "="] {
        assert_eq!(after(&["u=1", void]), None);
        assert_eq!(after(&[void, "u=1"]), None);
    }
}

#[test]
fn a_priority_that_fails_changes_nothing() {
    let mut priority = Priority { urgency: 5, incremental: false };
    for bad in ["u=8", "u=-1", "u=1.5", "i=1", "u", "u=?1", "i,"] {
        assert!(priority.update(bad.as_bytes()).is_err(), "{bad}");
    }
    assert_eq!(priority, Priority { urgency: 5, incremental: false });
    priority.update(b"u=2, x=(1 2);y, i, u=0").unwrap();
    assert_eq!(priority, Priority { urgency: 0, incremental: true });
}

#[test]
fn known_pseudo_headers_are_what_the_rules_say() {
    let requests = [":method: GET POST", ":path: / /index.html", ":scheme: http https"];
    let responses = [":status: 200 204 206 304 400 404 500"];
    for (index, line) in requests.iter().chain(&responses).enumerate() {
        let (name, values) = line.split_once(": ").unwrap();
        for value in values.split(' ') {
            let pseudo = KnownPseudo::of(name.as_bytes(), value.as_bytes()).unwrap();
            assert_eq!(pseudo.is_of_response(), index >= requests.len());
            let by_rule = |message: &mut Message| match pseudo.is_of_response() {
                true => response(message, &[(name, value)]),
                false => request(message, &[(name, value)]),
            };
            let (mut quick, mut slow) = (Message::new(), Message::new());
            assert!(quick.known_pseudo(pseudo) && by_rule(&mut slow) == Verdict::Deliver);
            assert_eq!(quick.marks, slow.marks, "{name}: {value}");
            // Not twice, and not behind a regular field.
            assert!(!quick.known_pseudo(pseudo) && by_rule(&mut slow) == Verdict::Reject);
            let mut late = Message::new();
            late.plain_field();
            assert!(!late.known_pseudo(pseudo) && by_rule(&mut late) == Verdict::Reject);
        }
    }
    assert!(KnownPseudo::of(b":authority", b"").is_none());
}
