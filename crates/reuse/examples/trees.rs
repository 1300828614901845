//! Writes the generated half of `testdata/reuse/trees.toml`: texts that were copied from each
//! other along known trees. `cargo run -p stemma-reuse --example trees > generated.toml`; the same
//! bytes every time.

use std::fmt::Write as _;

const TREES: u64 = 24;

/// Sentence frames of an invented event; `_` takes a word or phrase of the list after it.
const FRAMES: [(&str, &[&str]); 14] = [
    (
        "The harbour authority closed the _ on Monday after divers found cracks in two of its piers.",
        &["north bridge", "old lock", "ferry quay", "swing bridge"],
    ),
    (
        "Engineers expect the repair to take at least _ weeks and to cost four million crowns.",
        &["six", "nine", "eleven", "fourteen"],
    ),
    (
        "“We would rather be late than sorry,” said _, who heads the works department.",
        &["Tilda Aster", "Rafe Munro", "Ines Calloway", "Joren Pike"],
    ),
    (
        "Lorries are being sent round by the _ road, which adds forty minutes to the journey.",
        &["coastal", "upper", "quarry", "mill"],
    ),
    (
        "Shopkeepers on the island side say that trade has fallen by _ since the barriers went up.",
        &["a third", "half", "a quarter", "two fifths"],
    ),
    (
        "The council will meet on _ to decide whether to pay for a temporary crossing.",
        &["Thursday", "Friday", "Tuesday", "Wednesday"],
    ),
    (
        "An inspection two years ago had called the structure sound for another _ years.",
        &["twenty", "thirty", "fifteen", "ten"],
    ),
    (
        "Opposition members asked why the _ report had never been published.",
        &["second", "final", "interim", "full"],
    ),
    (
        "School buses now leave _ minutes earlier, and the hospital has moved a crew across the water.",
        &["thirty", "fifty", "twenty", "forty"],
    ),
    (
        "The ministry said it had sent _ of its own experts to look at the damage.",
        &["three", "four", "two", "five"],
    ),
    (
        "Fishing boats may still pass at _ water if they lower their masts.",
        &["slack", "low", "high", "still"],
    ),
    (
        "A petition for a new crossing has been signed by more than _ people.",
        &["eight thousand", "two thousand", "five thousand", "six thousand"],
    ),
    (
        "Insurers have not yet said whether they will _ the claim.",
        &["accept", "honour", "dispute", "settle"],
    ),
    (
        "The last ship to strike the piers did so in the storm of _ years ago.",
        &["nine", "seven", "twelve", "five"],
    ),
];

/// What an editor puts in another's place.
const WORDS: [(&str, &str); 12] = [
    ("closed", "shut"),
    ("divers", "inspectors"),
    ("cracks", "faults"),
    ("expect", "reckon"),
    ("say", "report"),
    ("asked", "wanted to know"),
    ("decide", "settle"),
    ("sent", "dispatched"),
    ("fallen", "dropped"),
    ("look at", "assess"),
    ("people", "residents"),
    ("journey", "trip"),
];

/// Sentences of an outlet's own.
const OWN: [&str; 6] = [
    "Our reporter counted eleven trucks waiting at noon.",
    "Readers have sent us pictures of the queue.",
    "This newspaper asked for the drawings last spring.",
    "A café owner handed out soup to the drivers.",
    "Gulls had the empty roadway to themselves.",
    "The tide tables for the week are on page nine.",
];

/// A small generator (Steele, Lea and Flood 2014, SplitMix64): the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).expect("below the bound")
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

struct Copy {
    sentences: Vec<String>,
    parent: Option<usize>,
    day: usize,
}

#[expect(clippy::print_stdout, reason = "printing is what this example is for")]
fn main() {
    for number in 0..TREES {
        print!("{}", tree(number));
    }
}

fn tree(number: u64) -> String {
    let mut random = Random(number * 7919 + 17);
    let mut copies = vec![Copy { sentences: original(&mut random), parent: None, day: 4 }];
    for _ in 0..3 + random.below(4) {
        let parent = random.below(copies.len());
        let copy = copied(&copies[parent], parent, &mut random);
        copies.push(copy);
    }
    // Every second pair of trees has all its dates, the others about half of them.
    let dated = if (number / 2).is_multiple_of(2) { 100 } else { 50 };
    let mut out = format!("[[tree]]\nname = \"generated-{number:02}\"\n");
    for (i, copy) in copies.iter().enumerate() {
        let _ = writeln!(out, "\n[[tree.witness]]\nname = \"W{i}\"");
        if let Some(parent) = copy.parent {
            let _ = writeln!(out, "from = \"W{parent}\"");
        }
        if random.chance(dated) {
            let _ = writeln!(out, "date = \"2025-03-{:02}\"", copy.day);
        }
        let _ = writeln!(out, "text = \"\"\"\n{}\"\"\"", copy.sentences.join(" "));
    }
    out + "\n"
}

fn original(random: &mut Random) -> Vec<String> {
    let first = random.below(6);
    FRAMES[first..first + 8]
        .iter()
        .map(|(frame, fillers)| frame.replacen('_', fillers[random.below(fillers.len())], 1))
        .collect()
}

/// A copy with an editor's changes: words, figures, cuts, a sentence of its own.
fn copied(from: &Copy, parent: usize, random: &mut Random) -> Copy {
    let mut sentences = from.sentences.clone();
    for _ in 0..1 + random.below(3) {
        let (word, other) = WORDS[random.below(WORDS.len())];
        if let Some(sentence) = sentences.iter_mut().find(|s| s.contains(&format!(" {word} "))) {
            *sentence = sentence.replacen(&format!(" {word} "), &format!(" {other} "), 1);
        }
    }
    if random.chance(60) {
        let at = random.below(sentences.len());
        sentences[at] = shortened(&sentences[at], random);
    }
    if random.chance(40) && sentences.len() > 4 {
        sentences.pop();
    }
    if random.chance(35) {
        let at = 1 + random.below(sentences.len());
        sentences.insert(at, OWN[random.below(OWN.len())].to_owned());
    }
    Copy { sentences, parent: Some(parent), day: from.day + random.below(3) }
}

/// A sentence without a few of its inner words.
fn shortened(sentence: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = sentence.split(' ').collect();
    let cut = 1 + random.below(3);
    if words.len() > cut + 6 {
        let from = 2 + random.below(words.len() - cut - 4);
        words.drain(from..from + cut);
    }
    words.join(" ")
}
