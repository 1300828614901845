//! How deep a page nests, told before it is parsed: parsing time grows with the depth.

/// The deepest nesting that is parsed. Browsers stop at 512; tags that a careless page leaves
/// open add up to some hundreds more.
const DEEPEST: usize = 3000;

/// Elements that have no end tag, or whose end tag may be left out.
const UNCLOSED: [&str; 34] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "path", "rect", "rp",
    "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements whose content is no markup.
const OPAQUE: [&str; 3] = ["script", "style", "textarea"];

/// The page up to where it nests too deep, in linear time: all of it, for pages that people make.
pub(crate) fn shallow(page: &str) -> &str {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = page[at..].find('<') {
        let start = at + found;
        let rest = &page[start + 1..];
        at = start + 1;
        if let Some(comment) = rest.strip_prefix("!--") {
            at += 3 + comment.find("-->").unwrap_or(comment.len());
        } else if let Some(end_tag) = rest.strip_prefix('/') {
            let name = name(end_tag);
            depth -= usize::from(depth > 0 && !name.is_empty() && !is_one_of(name, &UNCLOSED));
        } else {
            let name = name(rest);
            if is_one_of(name, &OPAQUE) {
                at += end_of(rest, name);
            } else if !name.is_empty() && !is_one_of(name, &UNCLOSED) {
                depth += 1;
            }
        }
        if depth > DEEPEST {
            return &page[..start];
        }
    }
    page
}

/// The name that a tag starts with.
fn name(tag: &str) -> &str {
    let first = tag.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let end = tag.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || b"-:".contains(&byte)));
    if first { &tag[..end.unwrap_or(tag.len())] } else { "" }
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Where in `rest` the end tag of an opaque element starts; its end if there is none.
fn end_of(rest: &str, name: &str) -> usize {
    let mut ends = rest.match_indices("</");
    let closes = |at: usize| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
    };
    ends.find(|&(at, _)| closes(at)).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_that_people_make_are_kept() {
        let loose =
            "<p>One<li>two<br><img src=x><script>if (a<b) { x = '<div>' }</script><!-- <div> -->";
        let page = format!("{}{}", loose.repeat(5000), "<div><b>x</b></div>".repeat(5000));
        assert_eq!(shallow(&page), page);
    }

    #[test]
    fn deep_nests_are_cut() {
        let page = format!("<p>One{}", "<div>".repeat(20_000));
        assert_eq!(shallow(&page).len(), "<p>One".len() + DEEPEST * "<div>".len());
    }

    proptest! {
        #[test]
        fn any_text_is_cut_on_a_boundary(page in "([<>/!a-z -]|<div>|</b>|é){0,100}") {
            prop_assert!(page.starts_with(shallow(&page)));
        }
    }
}
