"""What is said in tickets in English, as `ticket_spanish` says it."""

from __future__ import annotations

WORDS = {
    "hello": ["Hello", "Hi", "Good morning", "Good afternoon", "Dear team", "Hi there"],
    "look": ["Could you have a look?", "Can you help?", "Please advise.", "What should I do?", "I need this sorted."],
    "amount": ["38 euros", "€61.20", "€84", "127 euros", "€203"],
    "bye": ["Thanks", "Kind regards", "Many thanks", "Best", ""],
    "since": [
        "since yesterday",
        "since this morning",
        "for two days",
        "since Monday",
        "for a week",
        "since last night",
    ],
    "month": ["January", "February", "March", "April", "May", "June", "September", "October", "November", "December"],
    "agent": [
        "Thank you for writing",
        "Thanks for waiting",
        "This is the Lumbre Hogar team",
        "Thank you for your patience",
    ],
    "n": ["2", "3", "4", "5", "6", "8", "10", "12"],
}
PROBLEMS = (
    (
        ("{month} bill", "the {month} bill [is very high|went up to {amount} and I don't know why|looks wrong]"),
        ("Missing bill", "I have not [received|got] the {month} bill"),
        ("Bank account", "I want to [change the bank account|update the direct debit]"),
        ("Bill details", "I do not understand [the items|the taxes] on the {month} bill"),
        ("Charged twice", "I was [charged twice|double charged], {amount}, after the tariff change"),
    ),
    (
        ("No power", "[I have|we have] had no power {since}"),
        ("Short cuts", "the power [comes and goes|drops for seconds] {since}"),
        ("Low voltage", "appliances [do not start|switch off], the voltage seems low"),
        ("Reconnect", "I paid the bill and [still have no service|am not reconnected]"),
        ("General fault", "the whole area has no power {since} and [nobody tells us anything|the phone is engaged]"),
    ),
    (
        (
            "Heating off",
            (
                "the boiler [does not start|switches itself off|shows an "
                "error] {since} and [it is cold|there is no hot water]"
            ),
        ),
        ("Yearly check", "I would like to [book|change] the yearly boiler check"),
        ("Strange noise", "the boiler makes a [strange|loud] noise {since}"),
        ("Thermostat", "the thermostat [does not connect|shows the wrong temperature]"),
        ("Leak", "the boiler [leaks|drips|smells of gas] {since}"),
    ),
    (
        ("Low output", "the panels give [half|very little|less than before] {since}"),
        ("Surplus", "I cannot see the surplus on the {month} bill"),
        ("Inverter", "the inverter [shows error {n}|flashes red] {since}"),
        ("Installation", "when will you [install|finish] the panels?"),
        ("Cleaning", "I need [a quote|a date] to clean {n} panels"),
    ),
    (
        ("New contract", "I want to [sign up|get electricity] for a new flat"),
        ("Change tariff", "I want to [change tariff|move to the solar plan]"),
        ("Power limit", "I need to [raise|lower] the contracted power"),
        ("Papers", "which papers do I need for the contract?"),
        ("Promotion", "is the {month} [promotion|discount] still valid?"),
    ),
    (
        ("New holder", "I [bought|rented] a house and need to change the holder"),
        ("Moving", "we move in {month} and want to [keep|transfer] the contract"),
        ("New home", "the house is new and has no [meter|contract]"),
        ("Old contract", "the old contract is still in my name"),
        ("Papers", "I sent the papers {n} days ago and [heard nothing|do not know the status]"),
    ),
    (
        ("Wrong reading", "the {month} reading [is wrong|does not match the meter]"),
        ("New meter", "the meter was changed and [sends no data|shows zero]"),
        ("Estimates", "I have had {n} months of estimated readings"),
        ("Access", "they came to read the meter and [nobody was in|could not get in]"),
        ("Usage", "our usage [doubled|went up a lot] {since} and nothing has changed"),
    ),
    (
        ("Cannot log in", "I cannot [log in|get into the app] {since}"),
        ("My details", "I want to change my [e-mail|address|phone number]"),
        ("Alerts", "[no alerts reach|alerts come twice to] my phone"),
        ("Payment", "paying in the app [fails|hangs|refuses my card]"),
        ("Error", "the app [closes by itself|shows error {n}0{n}] {since}"),
    ),
    (
        ("Leaving: price", "I want to [leave|cancel], it is too expensive"),
        ("Leaving", "I am changing supplier, [how do I cancel|what should I do]?"),
        ("Leaving: moving", "I am moving abroad and want to cancel in {month}"),
        ("Leaving", "I want to cancel: [not happy with the service|this is problem number {n}]"),
        ("Tie-in", "am I tied in? I want to know [what I would pay|whether I can cancel]"),
    ),
)
TURNS = {
    "bot": ["Hi! I am the Lumbre Hogar assistant. [How can I help?|I have got your message, one moment.]"],
    "reply": [
        (
            "{agent}. [I am checking|I have looked into] your case. Could "
            "you send me [the contract number|the address|a phone number]?"
        ),
        (
            "{agent}. I have [opened an incident|asked for a check]. "
            "I will [write|come back] as soon as [I hear|it is done]."
        ),
    ],
    "final": ["{agent}. [It is solved|All done|This has been fixed]. [Reply if anything is wrong.|Best regards.]"],
    "answer": [
        "It is 00{n}{n}{n}{n}. {bye}",
        "[Photo attached|Here it is]. {bye}",
        "Yes, [correct|that is right].",
        "[Still the same|Nothing yet]. {look}",
    ],
    "thanks": ["[Thanks|Many thanks|Thank you so much]", "Perfect, thanks", "It works now, thank you 🙂"],
    "again": ["[It happened again|It is not solved|Same problem again]. {look}"],
    "person": ["I [want|need] to talk to a person", "This does not help, get me [someone|an agent]"],
    "note": ["Cliente de habla inglesa. [Revisado en el sistema|Falta confirmar el contrato]."],
    "transfer": ["Lo paso: [no es de nuestro equipo|es del otro departamento]. Habla inglés."],
    "hold": ["En espera: [visita del técnico|respuesta de la distribuidora|pieza pedida]."],
    "proactive": [
        "{hello}, this is Lumbre Hogar: [a planned cut is coming|your contract renews in {month}]. Is that all right?"
    ],
    "spam": ["EARN {n}000 A MONTH FROM HOME, click here", "Your parcel is held, confirm your details"],
}
