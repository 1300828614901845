//! What was done to a quotation: pairs marked up where they differ, each with what it is.

use stemma_model::{DocumentId, Span};
use stemma_reuse::variant::{QuotedText, relate};

/// `marked` holds both wordings: `{one|other}` where they differ. `expected` is the relation, and
/// for an altered pair everything that the difference changes.
#[track_caller]
fn check(marked: &str, expected: &str) {
    let (a, b) = (side(marked, 0), side(marked, 1));
    assert_eq!(relation(&a, &b), expected, "{a}\n{b}");
    assert_eq!(relation(&b, &a), expected, "the other way round: {b}\n{a}");
}

fn side(marked: &str, side: usize) -> String {
    let mut text = String::new();
    for part in marked.split_inclusive('}') {
        let (plain, choice) = part.split_once('{').unwrap_or((part, ""));
        text += plain;
        text += choice.trim_end_matches('}').split('|').nth(side).unwrap_or_default();
    }
    text
}

fn relation(a: &str, b: &str) -> String {
    let contents = [[Span::new(0, a.len())], [Span::new(0, b.len())]];
    let quoted = |number: u64, text, content| {
        QuotedText::direct(DocumentId::from_number(number), text, content)
    };
    let (first, second) = (quoted(1, a, &contents[0][..]), quoted(2, b, &contents[1][..]));
    let Some(related) = relate(&first, &second, true) else { return "unrelated".to_owned() };
    let relation = format!("{:?}", related.relation).to_lowercase();
    if relation != "altered" {
        return relation;
    }
    let kinds: Vec<&str> =
        ["negation", "number", "name", "modal", "condition", "quantifier", "tense"]
            .into_iter()
            .filter(|kind| related.reason.parts.iter().any(|part| part.rule == *kind))
            .collect();
    format!("altered: {}", kinds.join(", "))
}

#[test]
fn what_changes_what_was_said_is_named() {
    check("The northern tunnel will {|not }open for traffic in May.", "altered: negation");
    check("We {do|don't} expect the harbour tunnel to open in May.", "altered: negation");
    check("It is {possible|impossible} to open the harbour tunnel in May.", "altered: negation");
    check("The survey found cracks in {14|41} of the harbour piers.", "altered: number");
    check("The repair will cost the harbour {two|nine} million crowns.", "altered: number");
    check("{Calden|Norrvik} will pay for the northern harbour tunnel.", "altered: name");
    check("The northern tunnel {will|may} open for traffic in May.", "altered: modal");
    check("The contractor {must|should} repair the northern tunnel.", "altered: modal");
    check("The northern tunnel {opened|opens} for traffic every spring.", "altered: tense");
    check("The northern tunnel {is|was} safe for heavy traffic.", "altered: tense");
    check("The minister {went|goes} to the northern tunnel on Fridays.", "altered: tense");
    check(
        "The tunnel will open {if|because} the harbour survey finds nothing.",
        "altered: condition",
    );
    check("We shall sign the contract {unless|once} the council objects.", "altered: condition");
    check("{All|Some} harbour workers support the northern tunnel.", "altered: quantifier");
    check("The tunnel can carry {only |}light harbour traffic in winter.", "altered: quantifier");
    check(
        "The tunnel {will|may} open {|not }before the harbour survey.",
        "altered: negation, modal",
    );
}

#[test]
fn what_is_only_worded_otherwise_is_not_altered() {
    check("The northern tunnel is a {large|big} burden on the harbour.", "reworded");
    check("The tunnel {will not|won't} open for harbour traffic in May.", "reworded");
    check("We {cannot|can't} promise an open harbour tunnel in May.", "reworded");
    check("{We will|We'll} repair the northern harbour tunnel in May.", "reworded");
    check("The survey found cracks in {fourteen|14} harbour piers.", "reworded");
    check("The harbour repair will cost {1,000|1000} crowns a metre.", "typographic");
    check("Nobody crosses the northern harbour {until|till} the survey ends.", "reworded");
    check("The harbour survey takes {about|around} four weeks of work.", "reworded");
    check("The {minister|secretary} opened the northern harbour tunnel.", "reworded");
}

#[test]
fn what_is_only_set_otherwise_is_typographic() {
    check("The {north-south|north–south} tunnel isn{'|’}t open for traffic.", "verbatim");
    check("The {Northern|northern} tunnel is open for traffic.", "typographic");
    check("The northern harbour tunnel {organisation|organization} is sound.", "typographic");
}

#[test]
fn what_is_left_out_is_trimmed_not_altered() {
    check("The northern tunnel will open for traffic{ if the survey finds nothing|}.", "trimmed");
    check("{I think |}The northern harbour tunnel will open for traffic.", "trimmed");
}
