"""What English-speaking residents answer to "why?", by cause."""

from __future__ import annotations

WORDS = {
    "hours": ["three hours", "half a day", "over five hours", "all afternoon", "hours on end", "four hours"],
    "days": ["two days", "three days", "nearly a week", "a week", "ten days", "several days", "a fortnight"],
    "times": ["twice", "three times", "four times", "several times", "I don't know how many times"],
    "agents": ["three people", "two departments", "four different people", "one department after another"],
    "minutes": ["five minutes", "ten minutes", "no time", "a quarter of an hour", "a few minutes"],
    "month": ["last month", "this month", "since January", "since June", "again"],
    "amount": ["38 euros", "€61.20", "€84", "127 euros", "€49.90", "over 200 euros"],
    "great": ["great", "excellent", "brilliant", "spot on", "very good", "lovely", "first class"],
    "awful": ["awful", "a shambles", "dreadful", "very poor", "hopeless", "a joke", "appalling"],
    "angry": ["I'm fed up", "not good enough", "this is ridiculous", "very frustrating", "unacceptable"],
    "person": ["the lady on the phone", "the agent", "the young man who helped me", "the person I spoke to"],
    "you": ["Lumbre", "the company", "Lumbre Hogar"],
}
NEGATIVE = {
    "wait": [
        "it took {days} to [get a reply|hear back|get any answer]",
        "I waited {hours} [for someone to answer|before anybody got back to me|and nobody said a word]",
        "nobody [answers|picks up] [when you need them|until you insist {times}]",
        "[far too long|an endless wait|such a long wait] for [a simple question|something so small]",
    ],
    "resolution": [
        "it took {days} to [fix something simple|sort it out|solve the problem]",
        "[nice words|friendly enough] but [it dragged on for {days}|fixing it took {days}]",
        "[I can't see|I don't understand] why it [takes {days}|has to take so long]",
    ],
    "transfer": [
        (
            "I was [passed between|sent to] {agents} and [had to "
            "explain everything again|started from scratch each time]"
        ),
        "nobody [knows|seems to know] who is in charge, [passed from|bounced between] {agents}",
        "I had to explain it {times} because [it was always somebody else|they kept transferring me]",
    ],
    "again": [
        "they [closed the case|said it was solved] and [it wasn't|{days} later the same problem was back]",
        "I had to [call again|write again|chase them {times}] because [nothing was fixed|it was still broken]",
    ],
    "charge": [
        "I was [charged twice|double charged] [for {amount}|{month}|]",
        (
            "[another|yet another] duplicate charge of {amount} [and "
            "no refund|and no explanation|after the tariff change]"
        ),
        "[every time|whenever] the tariff changes [the bill is wrong|I pay too much]",
    ],
    "outage": [
        "[we were|we had] {days} without power and [no information|nobody told us anything]",
        "the [blackout|power cut] was {awful}: [no warning|no updates|impossible to get through]",
    ],
    "bot": [
        "the [bot|assistant] [understands nothing|sent me to the wrong department|goes round in circles]",
        "[impossible|so hard] to reach a real person, [only the bot answers|the robot is useless]",
    ],
    "price": ["[more expensive every year|prices keep going up]", "[others are cheaper|I could pay less elsewhere]"],
    "late": [
        "the installation was {days} late",
        "they [gave me a slot|promised to come] and [nobody came|came {days} late]",
    ],
    "app": ["the app [crashes|fails|won't let me log in] [all the time|{month}]"],
    "general": [
        "the service [is|has been] {awful}",
        "[I expected more|I expected better] from {you}",
        "it used to be better",
    ],
}
NEUTRAL = [
    "[average|fine I suppose|so so|it does the job|nothing special]",
    "[friendly staff|they were nice] but [a bit slow|it took a while]",
    "[sorted in the end|solved] although [I had to chase them|it could be quicker]",
    "[good overall|fine], [the price less so|room for improvement]",
]
POSITIVE = {
    "fast": ["they [answered|replied] in {minutes}", "[really quick|very fast], [sorted in {minutes}|no waiting]"],
    "kind": ["{person} was [very kind|so patient|really helpful]", "{great} service", "[very polite|always friendly]"],
    "clear": ["everything was [clearly explained|explained step by step]", "[clear and simple|no fuss at all]"],
    "solved": ["[fixed|solved|sorted] [first time|in one call|the same day|without repeating myself]"],
    "technician": ["the engineer was [on time|very professional|spotless]", "the installation was {great}"],
    "loyal": [
        "[years|a long time] with {you} and [no problems|very happy]",
        "[would recommend|I tell all my neighbours]",
    ],
}
SHORT = {
    0: ["Bad", "{awful}", "Never again", "Too slow", "👎", "Poor service"],
    1: ["OK", "Fine", "Average", "Could be better"],
    2: ["{great}", "All good", "Thanks", "👍", "Perfect", "Very happy"],
}
OPENERS = {
    0: ["", "", "honestly, ", "{angry}: ", "sorry but "],
    1: ["", "well, "],
    2: ["", "", "honestly, ", "very happy: "],
}
LINKS = {0: [" and ", ". Also, ", ". And ", "; "], 1: [". ", ", "], 2: [" and ", ". ", ", "]}
CLOSERS = {
    0: ["", "", ". {angry}", ". I am leaving", ". Please fix it"],
    1: ["", "", ". Thanks"],
    2: ["", "", ". Thank you", ". Keep it up", ". Ten out of ten"],
}
