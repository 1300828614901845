#!/usr/bin/env python3
"""Write generated texts that are hard to tokenise: nasties.py OUT.jsonl [COUNT] (100,000 by default).

Runs of punctuation, addresses, pictures, contractions, odd spaces, other scripts, empty and one-token
texts, and mixtures; the same seed always gives the same texts.
"""
import json
import random
import sys

WORDS = "the The NATO U.S. said don't can't Won't I'm they've Mr. Ms. Dr. St. e.g. i.e. Jan. a.m. p.m. 10am 5km 3.5kg $5 US$3.2bn 1,000 2019-2020 3/4 1st 22nd well-known state-of-the-art and/or C++ C# AT&T rock'n'roll 'em ain't gonna gotta wanna y'all let's who's it's its dogs' O'Neill McDonald's naïve café Zürich Ōtaki résumé İstanbul STRASSE straße ǅungla ﬁne Ⅷ ② ½ x² H₂O 20°C. °F 5'10\" #tag @user e-mail co-operate re-elect A. B. Z. ab.Cd end.Next so,what a:b x=y 3+4 -5 +7 ~9 ±3".split()
PIECES = list("""!"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~""") + "… …… ... .. -- --- — – —— ‘ ’ “ ” „ « » ‹ › 「 」 （ ） 、 。 ！ ？ ： ； · • § ¶ © ® ™ € £ ¥ ₽ ₿ ฿ ° ² µ ¿ ¡ ' '' `` '' ´´ :) :-) ;-( =D <3 ^_^ (ಠ_ಠ) ¯\\(ツ)/¯ -_- o.O XD :P 8) 0_0 \\n \\t".split()
EMOJI = "😀 😂 👍🏽 👨‍👩‍👧‍👦 🇺🇦 ❤️ ☃ ✈︎ ⚡ 🏴‍☠️ 🫠 🪿 🏳️‍🌈 #️⃣ ➡️ ★ ♥".split()
SCRIPTS = "Москва київ Ελλάδα ΟΔΟΣ 東京 北京市 한국어 日本語テスト العربية שלום हिन्दी বাংলা தமிழ் ไทย አማርኛ ქართული Հայերեն ꭰꮃꮑ 𝔘𝔫𝔦 𐐷 ａｂｃ １２３ ٣٤ ᏣᎳᎩ Ꟛ ǆ ȷ ʼn ſ".split()
SPACES = [" ", "  ", "\t", "\n", "\n\n", " \n ", "\u00a0", "\u2009", "\u200b", "\u3000", "\r\n", "\x1c", "\x85", "\u2028", "\ufeff", ""]
URLS = "http://example.com/a?b=c#d https://www.bbc.co.uk/news/uk-12345 example.com www.x.org user@example.com mailto:jo@ex.org ftp://8.8.8.8:21 10.0.0.1 192.168.1.1:80 172.16.0.1/x 223.1.1.1 a..b.com foo.bar/baz?x=y&z t.co/AbC localhost:8080 x.com, (http://x.com) http://пример.рф file.txt README.md v1.2.3 a@b@c.de //cdn.x.io 1.2.3.4.5 255.255.255.254 ex.com:1 ex.com:123456 -ex.com ex-.com e_x.com".split()
TAILS = ["'s", "’s", "'S", "n't", "n’t", "'ll", "'d", "'re", "’ve", "km", "km²", "kg", "%", "MB", "м/с", "كم", "тбكم", "US$", "C$", "$", "€", "+", ".", "..", "...", "…", "°C.", "-", "--"]


def word(rng):
    kind = rng.random()
    if kind < 0.35:
        return rng.choice(WORDS)
    if kind < 0.55:
        return "".join(rng.choice(PIECES) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4, 8])))
    if kind < 0.62:
        return "".join(rng.choice(EMOJI) for _ in range(rng.choice([1, 1, 2, 3])))
    if kind < 0.72:
        return rng.choice(SCRIPTS)
    if kind < 0.82:
        return rng.choice(URLS)
    if kind < 0.92:
        return rng.choice(WORDS + SCRIPTS + ["5", "10", "3.5", "٣"]) + rng.choice(TAILS)
    return "".join(chr(rng.choice([rng.randrange(32, 127), rng.randrange(160, 0x600), rng.randrange(0x1E00, 0x3100), rng.randrange(0xA000, 0xD800), rng.randrange(0xE000, 0x1FBFF)])) for _ in range(rng.randrange(1, 6)))


def text(rng):
    kind = rng.random()
    if kind < 0.01:
        return rng.choice(["", " ", "\n", ".", "a", "\u00a0"])
    if kind < 0.03:
        return rng.choice(PIECES + EMOJI) * rng.randrange(1, 60)
    parts = []
    for _ in range(rng.choice([1, 1, 2, 3, 5, 8, 12])):
        # Often no space at all between two words.
        parts += [word(rng), rng.choice(["", " ", " ", " ", rng.choice(SPACES)])]
        if rng.random() < 0.25:
            parts += [rng.choice(PIECES), word(rng), rng.choice(PIECES)]
    return "".join(parts)


def main():
    rng = random.Random(20261122)
    with open(sys.argv[1], "w", encoding="utf8", newline="\n") as out:
        for number in range(int(sys.argv[2]) if len(sys.argv) > 2 else 100_000):
            out.write(json.dumps({"id": f"nasty-{number}", "text": text(rng)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
