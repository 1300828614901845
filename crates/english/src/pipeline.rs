//! The stages in their order.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use pulp::Arch;
use rapidhash::RapidHashMap;

use crate::doc::{Doc, LexemeRow, Table};
use crate::error::Error;
use crate::intern::{Interner, Sym};
use crate::lemma::Lemmatizer;
use crate::lexeme::{Ids, string_id};
use crate::model::data::{Attributes, Exception, ModelData};
use crate::model::{Fault, Model, Words};
use crate::nn::{Cache, Encoder, Key, Linear, REACH, Slot, Tok2Vec, WIDTH};
use crate::ruler::{Ruler, View};
use crate::token::Iob;
use crate::tokenizer::store::Store;
use crate::tokenizer::{RawToken, Tokenizer};
use crate::transition::{EntityModel, EntitySpan, Parse, ParserModel, Rows, Text};
use crate::tree::{Decorations, Edges};

/// The trained pipeline, ready to parse. Load it once; any number of threads may share it.
///
/// ```no_run
/// # fn main() -> Result<(), stemma_english::Error> {
/// let pipeline = stemma_english::Pipeline::load(&stemma_english::Model::ensure(|line| eprintln!("{line}"))?)?;
/// let doc = pipeline.parse("Ms. Lee said the council would appeal.");
/// let said = doc.tokens().find(|token| token.text() == "said").unwrap();
/// assert_eq!(said.lemma(), "say");
/// assert!(said.children().any(|child| child.dep() == "nsubj" && child.text() == "Lee"));
/// # Ok(())
/// # }
/// ```
pub struct Pipeline {
    stages: Stages,
    /// Working memories not in use.
    idle: Mutex<Vec<Scratch>>,
}

/// Everything that never changes.
struct Stages {
    arch: Arch,
    tokenizer: Tokenizer,
    words: Arc<Words>,
    tok2vec: Tok2Vec,
    tags: Vec<String>,
    tagger: Linear,
    parser: ParserModel,
    labels: Vec<String>,
    decorations: Decorations,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    ner_tok2vec: Tok2Vec,
    ner: EntityModel,
    keep_vectors: bool,
}

/// What one thread works with: caches of pure functions, and buffers.
struct Scratch {
    store: Store,
    cache: Cache,
    ner_cache: Cache,
    rows: Rows,
    ner_rows: Rows,
    network: NetworkScratch,
}

#[derive(Default)]
struct NetworkScratch {
    encoder: Encoder,
    hidden: Vec<f32>,
    scores: Vec<f32>,
    keys: Vec<Key>,
    slots: Vec<Slot>,
}

impl Pipeline {
    /// Load an installed model.
    ///
    /// # Errors
    /// When the file cannot be read, or is damaged, or is of another version.
    pub fn load(model: &Path) -> Result<Self, Error> {
        Model::read(model, Stages::new).map(Self::of)
    }

    fn of(stages: Stages) -> Self {
        Self { stages, idle: Mutex::default() }
    }

    /// Keep, for each token, the 96 numbers that [`Token::vector`](crate::Token::vector) gives.
    #[must_use]
    pub fn with_vectors(mut self) -> Self {
        self.stages.keep_vectors = true;
        self
    }

    /// Parse `text`. Any text will do, the empty one too.
    ///
    /// Time is linear in the text; the result is the same on any number of threads.
    ///
    /// # Panics
    /// When `text` is 4 GiB or longer.
    #[must_use]
    pub fn parse(&self, text: &str) -> Doc {
        self.with_scratch(text, |scratch| self.stages.parse(text, scratch))
    }

    /// The byte spans of the tokens alone, as [`parse`](Self::parse) has them; nothing learned is
    /// asked.
    ///
    /// # Panics
    /// When `text` is 4 GiB or longer.
    #[must_use]
    pub fn tokenize(&self, text: &str) -> Vec<Range<usize>> {
        let tokens = self.with_scratch(text, |scratch| {
            scratch.store.trim();
            self.stages.tokenizer.tokenize(text, &mut scratch.store)
        });
        tokens
            .iter()
            .map(|token| token.start as usize..(token.start + token.len) as usize)
            .collect()
    }

    /// Work on `text` with what an idle thread left, or anew.
    fn with_scratch<T>(&self, text: &str, work: impl FnOnce(&mut Scratch) -> T) -> T {
        assert!(u32::try_from(text.len()).is_ok(), "texts are under 4 GiB");
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = idle().pop();
        let mut scratch = ready.unwrap_or_else(|| Scratch::new(&self.stages));
        let made = work(&mut scratch);
        idle().push(scratch);
        made
    }
}

/// Whether a pipeline can be built of `data`.
#[cfg(feature = "fuzzing")]
pub(crate) fn builds(data: ModelData) -> bool {
    Stages::new(data).is_ok()
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").finish_non_exhaustive()
    }
}

impl Scratch {
    fn new(stages: &Stages) -> Self {
        Self {
            store: Store::new(Arc::clone(&stages.words)),
            cache: Cache::default(),
            ner_cache: Cache::default(),
            rows: Rows::default(),
            ner_rows: Rows::default(),
            network: NetworkScratch::default(),
        }
    }
}

impl Stages {
    fn new(data: ModelData) -> Result<Self, Fault> {
        if !data.exceptions.iter().all(Exception::is_whole) {
            return Err(Fault::WrongSize("exceptions"));
        }
        let tokenizer = Tokenizer::new(&data.exceptions);
        let words = Words::new(data.norms, tokenizer.phrases.openers());
        let mut parser = ParserModel::new(data.parser)?;
        let decorations = Decorations::new(&mut parser.labels);
        let labels = parser.labels.clone();
        if !(1..=usize::from(u8::MAX)).contains(&data.tags.len()) {
            return Err(Fault::WrongSize("tags"));
        }
        Ok(Self {
            arch: Arch::new(),
            tokenizer,
            words: Arc::new(words),
            tok2vec: Tok2Vec::new("tok2vec", data.tok2vec, 6)?,
            tagger: Linear::new("tagger", data.tagger, data.tags.len(), WIDTH)?,
            ruler: Ruler::new(data.rules, &data.tags, &labels)?,
            tags: data.tags,
            parser,
            labels,
            decorations,
            lemmatizer: Lemmatizer::new(data.lemmas),
            ner_tok2vec: Tok2Vec::new("ner/tok2vec", data.ner_tok2vec, 4)?,
            ner: EntityModel::new(data.ner)?,
            keep_vectors: false,
        })
    }

    fn parse(&self, text: &str, scratch: &mut Scratch) -> Doc {
        scratch.store.trim();
        let tokens = self.tokenizer.tokenize(text, &mut scratch.store);
        if tokens.is_empty() {
            return Doc { text: text.to_owned(), ..Doc::default() };
        }
        let Scratch { store, cache, ner_cache, rows, ner_rows, network } = scratch;
        let words = TokenKeys { stages: self, store, tokens: &tokens };
        let mut tagged = Tagged::new(tokens.len(), self.keep_vectors);
        let mut parse = self.parser.parse(self.arch, tokens.len(), rows, |block, rows| {
            let NetworkScratch { encoder, hidden, scores, keys, slots } = network;
            words.slots(&block, Network::Shared, cache, keys, slots);
            let vectors = self.tok2vec.encode(self.arch, slots, cache, encoder);
            self.tagger.apply(vectors, block.len(), scores);
            tagged.fill(&block, scores, self.tags.len(), vectors);
            self.parser.rows(vectors, block.len(), hidden, rows);
        });
        let is_space = |i: usize| words.is_space(i);
        self.decorations.undo(&mut parse, &self.labels, is_space);
        let edges = Edges::new(&parse.heads);
        let sentence_start = edges.sentence_starts(&parse.heads);
        let entity_text = Text { sentence_start: &sentence_start, is_space: &is_space };
        let entities = self.ner.recognise(self.arch, &entity_text, ner_rows, |block, rows| {
            let NetworkScratch { encoder, hidden, keys, slots, .. } = network;
            words.slots(&block, Network::Entities, ner_cache, keys, slots);
            let vectors = self.ner_tok2vec.encode(self.arch, slots, ner_cache, encoder);
            self.ner.rows(vectors, block.len(), hidden, rows);
        });
        let mut writer = Writer::new(self, text, store, &tokens);
        writer.attributes(&tagged.tags, &parse);
        writer.lemmas();
        writer.entities(&entities);
        writer.finish(parse, edges, sentence_start, tagged.vectors)
    }
}

/// What the tagger found, and the vectors if they are kept.
struct Tagged {
    tags: Vec<u8>,
    vectors: Vec<f32>,
}

impl Tagged {
    fn new(length: usize, keep_vectors: bool) -> Self {
        Self {
            tags: vec![0; length],
            vectors: vec![0.0; if keep_vectors { length * WIDTH } else { 0 }],
        }
    }

    fn fill(&mut self, block: &Range<usize>, scores: &[f32], tags: usize, vectors: &[f32]) {
        for (tag, scores) in self.tags[block.clone()].iter_mut().zip(scores.chunks_exact(tags)) {
            let first_best =
                |best: usize, at: usize| if scores[at] > scores[best] { at } else { best };
            *tag = u8::try_from((1..tags).fold(0, first_best)).expect("at most 255 tags");
        }
        if !self.vectors.is_empty() {
            self.vectors[block.start * WIDTH..block.end * WIDTH].copy_from_slice(vectors);
        }
    }
}

/// Which of the two networks reads the tokens.
#[derive(Clone, Copy)]
enum Network {
    /// Tagger and parser: six attributes.
    Shared,
    /// The entity recogniser: the first four.
    Entities,
}

/// Tokens as the networks see them.
struct TokenKeys<'a> {
    stages: &'a Stages,
    store: &'a Store,
    tokens: &'a [RawToken],
}

impl TokenKeys<'_> {
    fn is_space(&self, i: usize) -> bool {
        self.store.lexeme(self.tokens[i].lexeme).is_space()
    }

    fn key(&self, token: &RawToken, network: Network) -> Key {
        let lexeme = self.store.lexeme(token.lexeme);
        let norm = token
            .norm
            .map_or(lexeme.ids.norm, |norm| string_id(self.stages.tokenizer.splitter.norm(norm)));
        let ids = Ids { norm, ..lexeme.ids };
        match network {
            Network::Shared => Key { ids, space: token.space, is_space: lexeme.is_space() },
            Network::Entities => Key { ids, space: false, is_space: false },
        }
    }

    /// The slots of a block and of [`REACH`] rows on either side.
    fn slots(
        &self,
        block: &Range<usize>,
        network: Network,
        cache: &mut Cache,
        keys: &mut Vec<Key>,
        slots: &mut Vec<Slot>,
    ) {
        let reach = block.start.saturating_sub(REACH)..(block.end + REACH).min(self.tokens.len());
        keys.clear();
        keys.extend(self.tokens[reach.clone()].iter().map(|token| self.key(token, network)));
        slots.clear();
        slots.resize(REACH - (block.start - reach.start), Slot::OUTSIDE);
        let (tok2vec, arch) = match network {
            Network::Shared => (&self.stages.tok2vec, self.stages.arch),
            Network::Entities => (&self.stages.ner_tok2vec, self.stages.arch),
        };
        cache.resolve(tok2vec, arch, keys, slots);
        slots.resize(block.len() + 2 * REACH, Slot::OUTSIDE);
    }
}

/// Builds the document's table from what the stages found.
struct Writer<'a> {
    stages: &'a Stages,
    text: &'a str,
    strings: Interner,
    lexemes: Vec<LexemeRow>,
    table: Table,
    lemma_of: RapidHashMap<(u32, Sym, Sym), Sym>,
}

/// What a rule sets, as numbers of this document.
#[derive(Clone, Copy)]
struct RuleSyms {
    tag: Option<Sym>,
    pos: Option<Sym>,
    morph: Option<Sym>,
    lemma: Option<Sym>,
    dep: Option<Sym>,
}

impl<'a> Writer<'a> {
    fn new(stages: &'a Stages, text: &'a str, store: &Store, tokens: &[RawToken]) -> Self {
        let mut new = Self {
            stages,
            text,
            strings: Interner::default(),
            lexemes: Vec::new(),
            table: Table::default(),
            lemma_of: RapidHashMap::default(),
        };
        new.forms(store, tokens);
        new
    }

    /// Offsets, spaces, lexemes and norms.
    fn forms(&mut self, store: &Store, tokens: &[RawToken]) {
        let Self { strings, lexemes, table, stages, .. } = self;
        table.start = tokens.iter().map(|token| token.start).collect();
        table.end = tokens.iter().map(|token| token.start + token.len).collect();
        table.space = tokens.iter().map(|token| token.space).collect();
        let mut rows: RapidHashMap<u32, (u32, Sym)> = RapidHashMap::default();
        for token in tokens {
            let (row, norm) = *rows.entry(token.lexeme).or_insert_with(|| {
                let lexeme = store.lexeme(token.lexeme);
                let [lower, shape, norm] =
                    [&lexeme.lower, &lexeme.shape, &lexeme.norm].map(|s| strings.intern(s));
                lexemes.push(LexemeRow { lower, shape, flags: lexeme.flags });
                (u32::try_from(lexemes.len() - 1).expect("fewer lexemes than bytes"), norm)
            });
            table.lexeme.push(row);
            table.norm.push(
                token
                    .norm
                    .map_or(norm, |norm| strings.intern(stages.tokenizer.splitter.norm(norm))),
            );
        }
    }

    /// Tags and relations, and what the attribute ruler makes of them.
    fn attributes(&mut self, tags: &[u8], parse: &Parse) {
        let Self { stages, strings, lexemes, table, .. } = self;
        let length = tags.len();
        table.tag = symbols(tags.iter().map(|&tag| usize::from(tag)), &stages.tags, strings);
        table.dep =
            symbols(parse.labels.iter().map(|&label| usize::from(label)), &stages.labels, strings);
        table.pos = vec![Sym::EMPTY; length];
        table.morph = vec![Sym::EMPTY; length];
        table.lemma = vec![Sym::EMPTY; length];
        let changes = stages.ruler.changes(length, |i| {
            let lexeme = &lexemes[table.lexeme[i] as usize];
            View {
                tag: tags[i],
                label: parse.labels[i],
                lower: &strings[lexeme.lower],
                is_space: lexeme.flags.contains(crate::Flags::SPACE),
            }
        });
        let mut known: Vec<Option<RuleSyms>> = vec![None; stages.ruler.sets().len()];
        for change in changes {
            let rule = usize::from(change.rule);
            let set = *known[rule]
                .get_or_insert_with(|| RuleSyms::new(&stages.ruler.sets()[rule], strings));
            set.apply(table, change.token as usize);
        }
    }

    /// A lemma for each token that no rule gave one.
    fn lemmas(&mut self) {
        let Self { stages, text, strings, table, lemma_of, .. } = self;
        for i in 0..table.lemma.len() {
            if table.lemma[i] != Sym::EMPTY {
                continue;
            }
            let (pos, morph) = (table.pos[i], table.morph[i]);
            table.lemma[i] = *lemma_of.entry((table.lexeme[i], pos, morph)).or_insert_with(|| {
                let form = &text[table.start[i] as usize..table.end[i] as usize];
                let lemma =
                    stages.lemmatizer.lemma(form, &strings[pos], &strings[morph]).into_owned();
                strings.intern(&lemma)
            });
        }
    }

    fn entities(&mut self, entities: &[EntitySpan]) {
        let Self { stages, strings, table, .. } = self;
        table.ent_iob = vec![Iob::Outside; table.start.len()];
        table.ent_type = vec![Sym::EMPTY; table.start.len()];
        for entity in entities {
            let label = strings.intern(&stages.ner.labels[entity.label]);
            table.ent_type[entity.tokens.clone()].fill(label);
            table.ent_iob[entity.tokens.clone()].fill(Iob::Inside);
            table.ent_iob[entity.tokens.start] = Iob::Begin;
        }
    }

    fn finish(
        self,
        parse: Parse,
        edges: Edges,
        sentence_start: Vec<bool>,
        vectors: Vec<f32>,
    ) -> Doc {
        let children = crate::tree::Children::new(&parse.heads);
        let table = Table {
            head: parse.heads,
            edges,
            children,
            sent_start: sentence_start,
            vectors,
            ..self.table
        };
        Doc {
            text: self.text.to_owned(),
            strings: self.strings.finish(),
            lexemes: self.lexemes,
            table,
        }
    }
}

/// The numbers, in this document, of names given by row.
fn symbols(
    rows: impl Iterator<Item = usize>,
    names: &[String],
    strings: &mut Interner,
) -> Vec<Sym> {
    let mut known = vec![None; names.len()];
    rows.map(|row| *known[row].get_or_insert_with(|| strings.intern(&names[row]))).collect()
}

impl RuleSyms {
    fn new(set: &Attributes, strings: &mut Interner) -> Self {
        let mut sym = |value: &Option<String>| value.as_deref().map(|value| strings.intern(value));
        Self {
            tag: sym(&set.tag),
            pos: sym(&set.pos),
            morph: sym(&set.morph),
            lemma: sym(&set.lemma),
            dep: sym(&set.dep),
        }
    }

    fn apply(self, table: &mut Table, token: usize) {
        let Self { tag, pos, morph, lemma, dep } = self;
        let columns = [
            (tag, &mut table.tag),
            (pos, &mut table.pos),
            (morph, &mut table.morph),
            (lemma, &mut table.lemma),
            (dep, &mut table.dep),
        ];
        for (value, column) in columns {
            if let Some(value) = value {
                column[token] = value;
            }
        }
    }
}
