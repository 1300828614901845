//! An invented event in eight outlets: a ferry strike on the Calder Sound.

/// One report: outlet, headline, date of publication, input id, text after the headline.
pub struct Report {
    pub outlet: Option<&'static str>,
    pub title: &'static str,
    pub date: Option<&'static str>,
    pub given_id: Option<&'static str>,
    pub text: &'static str,
}

pub const REPORTS: &[Report] = &[
    Report {
        outlet: Some("Sound Press Agency"),
        title: "Calder ferries to stop from Tuesday after talks collapse",
        date: Some("2026-03-01"),
        given_id: Some("spa-1182"),
        text: "CALDER, March 1 (SPA) — Ferry crews on the Calder Sound will stop work from Tuesday after talks over pay broke down, their union said on Sunday.\n\
“We will not return to the table until the two dismissed deckhands are reinstated,” said Marta Lindqvist, general secretary of the Calder Seafarers’ Union. “Northline walked away from an agreement it had already signed.”\n\
Northline Ferries, which runs the only year-round service to the outer islands, said that it had offered a rise of 4.5 percent. About 14,000 passengers use the crossings each week.\n\
Owen Prasad, the company’s chief executive, called the strike “a reckless step that will leave fourteen island communities without supplies.”",
    },
    Report {
        outlet: Some("The Harbour Post"),
        title: "Islands face week without ferries as talks collapse",
        date: Some("2026-03-01"),
        given_id: Some("hp-0301"),
        text: "Ferry crews on the Calder Sound will stop work from Tuesday after talks over pay broke down, their union said on Sunday.\n\
“We will not return to the table until the two dismissed deckhands are reinstated,” said Marta Lindqvist, general secretary of the Calder Seafarers’ Union.\n\
Northline Ferries said it had offered a rise of 4.5 percent. Some 14,000 passengers use the crossings each week.\n\
Owen Prasad, the company’s chief executive, called the strike “a reckless step that will leave four island communities without supplies.”",
    },
    Report {
        outlet: Some("Northern Ledger"),
        title: "Union refuses to talk to Northline",
        date: Some("2026-03-02"),
        given_id: Some("nl-77"),
        text: "The seafarers’ union is refusing to negotiate with Northline Ferries on the eve of an industrial action that could paralyse the Calder Sound.\n\
Marta Lindqvist, the union’s leader, said her members would not return to the table.\n\
The walkout is expected to strand 40,000 passengers a week, the company said. “A reckless step,” said Mr Prasad.\n\
The transport minister, Helen Achebe, said the government could send naval vessels only after a request from the island councils.",
    },
    Report {
        outlet: Some("Isle Weekly"),
        title: "‘No return until our two are back’",
        date: Some("2026-03-03"),
        given_id: None,
        text: "Crews walked off the boats at dawn on Tuesday, and the pier at Skerry was silent for the first time since 1987.\n\
“We won’t return to the table until the two sacked deckhands are back at work,” Ms Lindqvist told a crowd of about 300 at the harbour gate.\n\
If the company reinstates the two men, she said, talks could resume within a day.\n\
An official at the council, who asked not to be named, said that flour and diesel would run out by Friday.",
    },
    Report {
        outlet: Some("Meridian Times"),
        title: "Ferry dispute enters second week as minister weighs navy",
        date: Some("2026-03-10"),
        given_id: Some("mt-5531"),
        text: "The Calder Sound ferry strike entered its second week on Tuesday with no talks planned.\n\
Helen Achebe, the transport secretary, told reporters in Ellery that she would send naval vessels “only after a request from the island councils, and not a day before.”\n\
Northline has raised its offer to 5.4 percent, according to the company. The union says the offer was never put in writing.\n\
“Nobody has seen this offer,” Ms Lindqvist said. “You cannot eat a press release.”\n\
Owen Prasad said the company was ready to meet the union without conditions.",
    },
    Report {
        outlet: Some("The Harbour Post"),
        title: "Northline ‘ready to meet without conditions’",
        date: Some("2026-03-11"),
        given_id: Some("hp-0311"),
        text: "Northline Ferries is ready to meet the union without conditions, its chief executive said on Wednesday.\n\
“Our door is open, and there are no conditions on our side,” Owen Prasad said.\n\
The minister, Helen Achebe, has said that the navy could help if the councils ask.\n\
READ MORE: What the strike means for your shopping",
    },
    Report {
        outlet: Some("Coastwire"),
        title: "Calder ferry strike: what we know",
        date: None,
        given_id: Some("cw-9"),
        text: "Ferry crews on the Calder Sound stopped work on March 3 after talks over pay broke down.\n\
Northline Ferries has offered a rise of 5.4 percent, up from 4.5 percent.\n\
Between 14,000 and 15,000 passengers use the crossings each week.\n\
“It cannot go on like this,” one islander was told.",
    },
    Report {
        outlet: Some("El Faro del Norte"),
        title: "Islanders blockade the pier",
        date: Some("2026-03-14"),
        given_id: Some("fn-204"),
        text: "Some 60 islanders blocked the pier at Skerry on Saturday, saying that both sides had forgotten them.\n\
“They talk about us as if we were freight,” said Ása Morén, who runs the island’s only bakery. “We are running out of patience — and flour.”\n\
Helen Achebe, the transport minister, said she would not intervene.\n\
Talks will resume on March 18 provided that the blockade is lifted, both sides said.",
    },
    Report {
        outlet: Some("Radio Skerry"),
        title: "Strike suspended, deckhands reinstated",
        date: Some("2026-03-19"),
        given_id: Some("rs-31"),
        text: "The ferry strike has been suspended after sixteen days. Northline reinstated the two deckhands on Wednesday, and crews will sail again from Friday.\n\
“We said we would come back when our two were back, and we have,” Marta Lindqvist said.\n\
Owen Prasad said the company would honour the agreement as long as the crews did.\n\
A rise of 5.4 percent was agreed. The first boat is due to leave Ellery at 06:15 on March 20.",
    },
];
