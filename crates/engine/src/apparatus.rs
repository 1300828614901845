//! The versions of every utterance as a TEI critical apparatus.

use std::collections::BTreeMap;

use stemma_model::{Document, Quote, QuoteId, Record, Utterance};
use stemma_reuse::{collate, tei, xml_text};

/// Every utterance that several quotations report, collated, as one TEI P5 document: the reports
/// are its witnesses, each under its id.
#[must_use]
pub fn apparatus(record: &Record) -> String {
    let quotes: BTreeMap<QuoteId, (&Document, &Quote)> =
        record.quotes().map(|(document, quote)| (quote.id, (document, quote))).collect();
    let several = record.utterances.iter().filter(|utterance| utterance.quotes.len() > 1);
    let parts: String = several.map(|utterance| part(utterance, &quotes)).collect();
    let witnesses: String = record.documents.iter().map(witness).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n\
         <teiHeader><fileDesc>\n\
         <titleStmt><title>Versions of quotations</title></titleStmt>\n\
         <publicationStmt><p>Made by Stemma from the reports listed.</p></publicationStmt>\n\
         <sourceDesc><listWit>\n{witnesses}</listWit></sourceDesc>\n\
         </fileDesc><encodingDesc><variantEncoding method=\"parallel-segmentation\" \
         location=\"internal\"/></encodingDesc></teiHeader>\n\
         <text><body>\n{parts}</body></text>\n</TEI>\n"
    )
}

fn witness(document: &Document) -> String {
    let outlet = document.outlet.as_deref().unwrap_or("outlet unknown");
    let title = document.title.as_ref().map_or("untitled", |title| title.text.as_str());
    format!(
        "<witness xml:id=\"{}\">{}: {}</witness>\n",
        document.id,
        xml_text(outlet),
        xml_text(title)
    )
}

fn part(utterance: &Utterance, quotes: &BTreeMap<QuoteId, (&Document, &Quote)>) -> String {
    let found: Vec<&(&Document, &Quote)> =
        utterance.quotes.iter().filter_map(|(_, id)| quotes.get(id)).collect();
    let texts: Vec<String> = found.iter().map(|(document, quote)| words(document, quote)).collect();
    let sigla: Vec<String> = found.iter().map(|(document, _)| document.id.to_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let sigla: Vec<&str> = sigla.iter().map(String::as_str).collect();
    format!("<div xml:id=\"{}\">\n{}\n</div>\n", utterance.id, tei(&collate(&texts), &sigla))
}

fn words(document: &Document, quote: &Quote) -> String {
    quote.content.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" ")
}
