use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::sync::Millis;

const LINE: &[u8] = b"00112233445566778899aabbccddeeff";

/// What the network does with a request: it may be lost before the relay, come twice, or lose its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Arrives,
    IsLost,
    ComesTwice,
    LosesItsAnswer,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![Just(Fate::Arrives), Just(Fate::IsLost), Just(Fate::ComesTwice), Just(Fate::LosesItsAnswer)]
}

fn opened() -> (Dialled, Vec<Output>) {
    let (mut dialled, first) = Dialled::open();
    assert_eq!(first, Output::Ask { request: Request::Open, body: Vec::new(), after: Millis(0) });
    let outputs = dialled.answered(Request::Open, Answer::Body(LINE));
    assert_eq!(outputs[0], Output::Opened);
    (dialled, outputs[1..].to_vec())
}

/// The relay's part in one request.
fn serve(accepted: &mut Accepted, request: Request, body: &[u8], heard: &mut Vec<Vec<u8>>) -> Vec<u8> {
    let batch = Batch::decode(body).unwrap();
    match request {
        Request::Up => {
            heard.extend(accepted.take(batch).unwrap());
            Vec::new()
        }
        Request::Down => {
            accepted.acknowledge(batch.number).unwrap();
            let answer = accepted.answer().map(<[u8]>::to_vec);
            answer.unwrap_or_else(|| accepted.nothing())
        }
        Request::Open => unreachable!("it was opened"),
    }
}

proptest! {
    #[test]
    fn s33_frames_come_in_order_and_exactly_once_whatever_is_lost_or_doubled(
        fates in vec(fate(), 0..60), up in 1_usize..12, down in 1_usize..12,
    ) {
        let (mut dialled, mut asked) = opened();
        let mut accepted = Accepted::default();
        let frames = |count: usize, kind: u8| (0..count).map(|n| vec![kind, u8::try_from(n).unwrap()]).collect::<Vec<_>>();
        let (ups, downs) = (frames(up, 1), frames(down, 2));
        let (mut to_go_up, mut to_go_down) = (ups.iter(), downs.iter());
        let (mut heard_up, mut heard_down) = (Vec::new(), Vec::new());
        let mut fates = fates.into_iter();
        // Five in a row end the line; and what came once may come again much later.
        let (mut lost_in_a_row, mut late) = ([0; 2], Vec::<(Request, Vec<u8>)>::new());
        for _ in 0..200 {
            for (request, body) in late.drain(..) {
                serve(&mut accepted, request, &body, &mut heard_up);
            }
            if let Some(frame) = to_go_up.next() {
                asked.extend(dialled.send(frame.clone()));
            }
            if let Some(frame) = to_go_down.next() {
                accepted.send(frame.clone());
            }
            let mut next = Vec::new();
            for output in asked.drain(..) {
                let (request, body) = match output {
                    Output::Ask { request, body, .. } => (request, body),
                    Output::Frame(frame) => {
                        heard_down.push(frame);
                        continue;
                    }
                    other => panic!("{other:?}"),
                };
                let lost = &mut lost_in_a_row[usize::from(request == Request::Up)];
                let fate = fates.next().filter(|_| *lost < 4).unwrap_or(Fate::Arrives);
                *lost = if matches!(fate, Fate::IsLost | Fate::LosesItsAnswer) { *lost + 1 } else { 0 };
                if fate == Fate::IsLost {
                    next.extend(dialled.answered(request, Answer::Lost));
                    continue;
                }
                let answer = serve(&mut accepted, request, &body, &mut heard_up);
                if fate == Fate::ComesTwice {
                    late.push((request, body));
                }
                let answer = if fate == Fate::LosesItsAnswer { Answer::Lost } else { Answer::Body(&answer) };
                next.extend(dialled.answered(request, answer));
            }
            asked = next;
        }
        prop_assert_eq!(heard_up, ups);
        prop_assert_eq!(heard_down, downs);
        prop_assert!(accepted.is_drained());
    }
}

#[test]
fn what_waits_goes_up_together_once_the_request_before_is_answered() {
    let (mut dialled, _) = opened();
    let first = dialled.send(vec![1]);
    assert!(matches!(&first[..], [Output::Ask { request: Request::Up, .. }]), "{first:?}");
    assert_eq!(dialled.send(vec![2]), []);
    assert_eq!(dialled.send(vec![3]), []);
    let body = Batch { number: 2, frames: vec![vec![2], vec![3]] }.encode();
    let second = dialled.answered(Request::Up, Answer::Body(b""));
    assert_eq!(second, [Output::Ask { request: Request::Up, body, after: Millis(0) }]);
}

#[test]
fn what_is_said_before_the_line_is_open_goes_up_when_it_is() {
    let (mut dialled, _) = Dialled::open();
    assert_eq!(dialled.send(vec![1]), []);
    let outputs = dialled.answered(Request::Open, Answer::Body(LINE));
    let asked: Vec<_> = outputs.iter().filter(|output| matches!(output, Output::Ask { .. })).collect();
    assert_eq!(asked.len(), 2, "{outputs:?}");
}

#[test]
fn a_request_that_is_not_answered_is_tried_ever_later_and_then_the_line_is_given_up() {
    let (mut dialled, _) = opened();
    let mut waits = Vec::new();
    let end = loop {
        match dialled.answered(Request::Down, Answer::new(502, b"")).pop() {
            Some(Output::Ask { after, .. }) => waits.push(after.0),
            other => break other,
        }
    };
    assert_eq!((waits, end), (vec![250, 500, 1_000, 2_000], Some(Output::Closed)));
    assert_eq!(dialled.send(vec![1]), []);
}

#[test]
fn a_line_that_the_relay_does_not_know_and_a_page_in_its_place_end_it() {
    let page = b"<html>Please accept the terms of this network</html>";
    for (request, answer) in [(Request::Down, Answer::new(404, b"")), (Request::Down, Answer::new(200, page))] {
        assert_eq!(opened().0.answered(request, answer), [Output::Closed], "{answer:?}");
    }
    assert_eq!(Dialled::open().0.answered(Request::Open, Answer::new(200, page)), [Output::Closed]);
    assert_eq!(Dialled::open().0.answered(Request::Open, Answer::new(503, b"")), [Output::Closed]);
}

#[test]
fn after_frames_were_refused_the_reason_is_waited_for_but_not_for_ever() {
    let (mut dialled, _) = opened();
    dialled.send(vec![1]);
    assert_eq!(dialled.answered(Request::Up, Answer::new(413, b"")), []);
    assert_eq!(dialled.send(vec![2]), []);
    let reason = Batch { number: 1, frames: vec![vec![3]] }.encode();
    assert!(dialled.answered(Request::Down, Answer::Body(&reason)).contains(&Output::Frame(vec![3])));
    let nothing = Batch::default().encode();
    let ends = (0..4).position(|_| dialled.answered(Request::Down, Answer::Body(&nothing)) == [Output::Closed]);
    assert_eq!(ends, Some(2));
}

#[test]
fn the_last_request_brings_what_may_not_have_arrived() {
    let (mut dialled, _) = opened();
    dialled.send(vec![1]);
    assert_eq!(Batch::decode(&dialled.rest()), Ok(Batch { number: 1, frames: vec![vec![1]] }));
    let (mut dialled, _) = opened();
    dialled.send(vec![1]);
    dialled.answered(Request::Up, Answer::Body(b""));
    assert_eq!(Batch::decode(&dialled.rest()), Ok(Batch { number: 1, frames: Vec::new() }));
}

#[test]
fn a_missing_batch_is_refused_and_so_is_an_acknowledgement_of_none() {
    let mut accepted = Accepted::default();
    assert_eq!(accepted.take(Batch { number: 2, frames: vec![vec![1]] }), Err(BatchError::OutOfOrder));
    assert_eq!(accepted.acknowledge(1), Err(BatchError::OutOfOrder));
}

#[test]
fn what_waits_for_an_answer_is_bounded() {
    let mut accepted = Accepted::default();
    let frames = std::iter::repeat_with(|| accepted.send(vec![0; 1 << 10]));
    drop(frames.take(256).collect::<Vec<()>>());
    assert!(!accepted.has_room());
    accepted.answer();
    assert!(accepted.has_room(), "one batch is on its way, the next may gather");
}

#[test]
fn a_body_that_claims_more_than_it_holds_is_no_batch() {
    let body = Batch { number: 7, frames: vec![vec![1, 2], Vec::new()] }.encode();
    assert_eq!(Batch::decode(&body).map(|batch| batch.encode()), Ok(body.clone()));
    for length in 0..body.len() {
        assert_eq!(Batch::decode(&body[..length]), Err(BatchError::Malformed));
    }
    // [0, [.. 2^60 frames]]
    let claim = [0x82, 0x00, 0x9B, 0x10, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(Batch::decode(&claim), Err(BatchError::Malformed));
}
