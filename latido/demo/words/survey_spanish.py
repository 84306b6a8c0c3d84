"""What Spanish-speaking customers answer to "why?", by cause; words differ between Spain and Mexico."""

from __future__ import annotations

SPAIN_WORDS = {
    "phone": ["móvil", "teléfono"],
    "call": ["llamar", "llamar por teléfono"],
    "bill": ["la factura"],
    "boiler": ["caldera", "calefacción"],
    "power": ["luz"],
    "great": ["genial", "estupendo", "fenomenal", "de diez", "muy bien", "perfecto", "una maravilla"],
    "awful": ["fatal", "un desastre", "penoso", "una tomadura de pelo", "lamentable", "de vergüenza", "muy mal"],
    "angry": ["estoy harto", "qué cabreo", "así no se puede", "vaya tela", "estoy muy enfadada", "no hay derecho"],
    "person": [
        "la chica que me atendió",
        "el chico que me atendió",
        "la operadora",
        "la persona que me atendió",
        "el compañero",
    ],
    "you": ["vosotros", "la empresa", "Lumbre", "Lumbre Hogar"],
    "fix": ["arreglar", "solucionar", "resolver"],
    "amount": ["38 €", "61,20 €", "84 euros", "127 €", "49,90 €", "203 euros", "16 euros", "72,35 €"],
    "house": ["en casa", "en mi piso", "en el piso", "en nuestro bloque"],
    "app": ["la app", "la aplicación", "el área de cliente"],
    "cheap": ["baratos", "económicos"],
}
MEXICO_WORDS = {
    "phone": ["celular", "cel", "teléfono"],
    "call": ["marcar", "llamar", "hablar por teléfono"],
    "bill": ["el recibo", "la factura"],
    "boiler": ["boiler", "calentador"],
    "power": ["luz"],
    "great": ["padrísimo", "excelente", "muy bien", "de lujo", "súper bien", "de primera", "muy padre"],
    "awful": ["pésimo", "una burla", "muy malo", "de plano mal", "fatal", "terrible", "una grosería"],
    "angry": ["qué coraje", "ya estuvo bueno", "no se vale", "la verdad qué enojo", "estoy muy molesta", "ni al caso"],
    "person": [
        "la señorita que me atendió",
        "el muchacho que me atendió",
        "la ejecutiva",
        "el asesor",
        "la asesora",
        "el joven",
    ],
    "you": ["ustedes", "la empresa", "Lumbre", "Lumbre Hogar"],
    "fix": ["arreglar", "solucionar", "componer", "resolver"],
    "amount": ["$380", "$612", "1,240 pesos", "$890", "450 pesos", "$2,030", "160 pesos", "$745.50"],
    "house": ["en mi casa", "en la casa", "en el depa", "en la colonia"],
    "app": ["la app", "la aplicación", "la página"],
    "cheap": ["baratos", "accesibles"],
}
SHARED_WORDS = {
    "hours": [
        "tres horas",
        "cuatro horas",
        "media mañana",
        "más de cinco horas",
        "toda la tarde",
        "medio día",
        "horas y horas",
    ],
    "days": [
        "dos días",
        "tres días",
        "casi una semana",
        "una semana",
        "diez días",
        "varios días",
        "cinco días",
        "quince días",
    ],
    "times": ["dos veces", "tres veces", "cuatro veces", "varias veces", "mil veces", "no sé cuántas veces"],
    "agents": [
        "tres personas",
        "dos departamentos",
        "cuatro personas distintas",
        "un área a otra",
        "tres personas distintas",
    ],
    "minutes": ["cinco minutos", "diez minutos", "un momento", "un rato", "nada", "un ratito", "un cuarto de hora"],
    "month": ["el mes pasado", "este mes", "desde enero", "desde junio", "desde diciembre", "otra vez", "de nuevo"],
}

NEGATIVE = {
    "wait": [
        "[tardaron|han tardado] {days} en [contestarme|responder|darme una respuesta]",
        (
            "[esperé|estuve esperando] {hours} [a que alguien me "
            "contestara|para que me atendieran|sin que nadie dijera nada]"
        ),
        "[nadie contesta|no contesta nadie] [cuando lo necesitas|al {phone}|hasta que insistes {times}]",
        "la [primera respuesta|respuesta] llegó [tardísimo|cuando ya no hacía falta|a los {days}]",
        "[demasiada espera|muchísima espera|una espera eterna] para [una simple duda|una consulta|una cosa de nada]",
        "[escribí|mandé el mensaje] y [silencio durante {days}|pasaron {days}|tuve que volver a escribir {times}]",
    ],
    "resolution": [
        "[tardaron|han tardado] {days} en {fix} [algo sencillo|lo mío|el problema]",
        "[mucha amabilidad|buenas palabras] pero [la solución tardó {days}|para {fix} pasaron {days}]",
        "[se alargó|el asunto se alargó] {days} [sin necesidad|por pasarse la pelota|y yo sin servicio]",
        (
            "[sigo sin entender|no entiendo] por qué [hacen falta "
            "{days}|se tarda tanto] para {fix} [esto|una incidencia así]"
        ),
    ],
    "transfer": [
        (
            "me [pasaron por|han pasado por|tuvieron de un lado a otro,] {agents} "
            "y [a todos les tuve que contar lo mismo|en cada paso a empezar]"
        ),
        "[nadie sabe|no saben] quién lo lleva, [me mandaban de|rebotando de] {agents}",
        "[hay que|tuve que] explicar el problema {times} porque [cada vez te atiende otro|te van pasando]",
        "me [transfirieron|derivaron] al departamento [equivocado|que no era] [y vuelta a empezar|]",
    ],
    "again": [
        "[lo dieron por resuelto|cerraron el caso] y [no lo estaba|seguía igual|a los {days} otra vez lo mismo]",
        (
            "[tuve que|he tenido que] [volver a {call}|escribir otra "
            "vez|insistir {times}] porque [no quedó resuelto|seguía igual]"
        ),
        "[no me lo solucionaron|no resolvieron nada] a la primera [ni a la segunda|]",
    ],
    "charge": [
        "me [cobraron dos veces|han cobrado doble|pasaron el cobro por duplicado] {bill} [de {amount}|{month}|]",
        (
            "[otra vez|{month}] un cobro duplicado de {amount} [y la devolución "
            "no llega|y nadie da explicaciones|tras el cambio de tarifa]"
        ),
        "[cada vez que|siempre que] cambian la tarifa [hay líos con {bill}|viene mal {bill}|me cobran de más]",
        "{bill} [está mal|no cuadra|no se entiende]: [{amount} de más|dos cargos iguales]",
    ],
    "outage": [
        "[estuvimos|llevamos] {days} sin {power} [y sin información|y nadie informaba|con niños pequeños {house}]",
        "[el apagón|la avería general] [fue|ha sido] {awful}: [ni un aviso|ninguna información|imposible {call}]",
        "[sin {power} {days}|{hours} sin {power}] [y el teléfono comunicando|y la web caída|y cero explicaciones]",
    ],
    "bot": [
        "el [robot|asistente|bot] [no entiende nada|te marea|me mandó a donde no era]",
        "[imposible|cuesta un mundo] hablar con una persona, [solo contesta el robot|el asistente te da vueltas]",
        "el [asistente automático|bot nuevo] [me pasó|te manda] al departamento [equivocado|que no es]",
    ],
    "price": [
        "[cada vez más caro|los precios no paran de subir|ha subido muchísimo]",
        "[hay otras más {cheap}|la competencia es más barata|en otra compañía pagaría menos]",
        "[pago|estoy pagando] {amount} más [que antes|que mi vecino|que el año pasado|por lo mismo]",
        "[te suben la tarifa|suben el precio] [sin avisar|cuando quieren|a los tres meses]",
        "[las promociones|los descuentos] son [solo para los nuevos|de cara a la galería]",
        "[muchos|demasiados] [conceptos|extras] en {bill} que [no pedí|nadie explica]",
    ],
    "late": [
        "la instalación [llegó|vino] con {days} de retraso",
        "[quedaron en venir|me dieron cita] y [no apareció nadie|el técnico vino {days} tarde|lo cambiaron {times}]",
        "el pedido [tardó {days} más de lo prometido|se retrasó {days}]",
    ],
    "app": [
        "{app} [falla|se cae|no me deja entrar|da error] [cada dos por tres|siempre|{month}]",
        "[no hay manera de|es imposible] [ver {bill}|entrar] en {app}",
    ],
    "general": [
        "[no me convence|no estoy contento con|me ha decepcionado] el [servicio|trato]",
        "[antes|hace un año|al principio] [funcionaba|era|nos trataban] mejor",
        "[esperaba más|esperaba otra cosa|me prometieron otra cosa] [de {you}|al contratar|cuando firmé]",
        "el servicio [es|ha sido] {awful}",
        "[cuesta|es difícil] que [alguien se haga cargo|te den una respuesta clara|cumplan lo que dicen]",
        "[mucha publicidad|mucho anuncio] y [poca atención|luego nada|al cliente ni caso]",
        "[sigo aquí|me quedo] porque [cambiar es un lío|tengo permanencia|las demás son parecidas]",
        "[una compañía más|como todas]: [cuando hay un problema desaparecen|bien hasta que las necesitas]",
    ],
}
NEUTRAL = [
    "[ni bien ni mal|normal|regular|correcto sin más|ahí va|cumple]",
    "[me atendieron bien|buen trato|amables] pero [tardaron un poco|fue lento|costó que entendieran el problema]",
    "[al final se resolvió|quedó resuelto] aunque [tuve que insistir|con alguna vuelta de más|podría ser más rápido]",
    "[bien en general|el servicio está bien], [el precio no tanto|se puede mejorar|aunque {bill} no se entiende]",
    "[todo correcto|bien] [salvo la espera|menos la app|aunque esperaba algo más rápido]",
    "[de momento|por ahora] [sin quejas|bien], [llevo poco|ya veremos]",
    "[la atención bien|la gente amable], {app} [no tanto|falla a veces|mejorable]",
    "[no tengo quejas|sin problemas] pero [tampoco destaca|no sé si es mejor que otras|el precio sube]",
    "[depende de quién te atienda|según el día|unas veces mejor que otras]",
    "[pagar más por lo mismo no gusta|un poco caro], [por lo demás bien|el resto correcto]",
]
POSITIVE = {
    "fast": [
        "[me contestaron|respondieron] en {minutes}",
        "[rapidísimo|muy rápidos|súper rápido], [en {minutes} estaba resuelto|ni esperé|casi al momento]",
        "[qué rapidez|gran rapidez], [así da gusto|no me lo esperaba]",
    ],
    "kind": [
        "{person} [fue muy amable|fue un encanto|tuvo mucha paciencia|me trató muy bien|se esforzó mucho]",
        "[trato|atención] {great}",
        "[muy amables|muy majos|muy atentos] [siempre|todos|por {phone}]",
    ],
    "clear": [
        "[me lo explicaron|lo explicó] todo [muy claro|paso a paso|con calma]",
        "[claro y sencillo|sin líos|sin complicaciones], [así debería ser siempre|se agradece]",
    ],
    "solved": [
        (
            "[me lo solucionaron|resuelto|lo arreglaron] [a la primera|en "
            "una llamada|sin tener que repetir nada|el mismo día]"
        ),
        "[problema resuelto|todo solucionado] [y encima llamaron para confirmar|sin vueltas|]",
    ],
    "technician": [
        "el técnico [puntual|llegó a su hora] y [muy profesional|lo dejó todo limpio|sabía lo que hacía]",
        "la instalación [fue {great}|quedó perfecta|en una mañana]",
    ],
    "loyal": [
        (
            "[llevo|llevamos] [años|mucho tiempo|desde el principio|tres años] "
            "con {you} y [ningún problema|contentos|muy bien|cero sustos]"
        ),
        (
            "[los recomiendo|recomendable|ya se lo dije a mi hermana|se "
            "lo cuento a los vecinos|mi cuñado se cambió por mí]"
        ),
        "[buen precio y buen servicio|cuentas claras y buen precio|de lo mejor que he probado]",
        "[nunca|en todo este tiempo no] [me han fallado|he tenido una queja|me faltó {power}]",
        (
            "[después de|vengo de] [otra compañía|dos compañías "
            "malas], [aquí me siento atendido|la diferencia es enorme]"
        ),
        "[las placas|los paneles] [van {great}|me ahorran la mitad|se notan en {bill}]",
        "[se explican bien|avisan con tiempo|cumplen], [que ya es mucho|y eso vale|cosa rara hoy]",
        "{app} [es cómoda|va muy bien|deja ver el consumo] y [no tengo que {call}|todo queda claro]",
        (
            "[energía limpia|la parte solar|que sea renovable] [me "
            "importa|me convence], y [el trato también|además cumplen]"
        ),
        "[tranquilidad|fiables|serios]: [pago y me olvido|cero preocupaciones|siempre responden]",
    ],
}
SHORT = {
    0: [
        "Mal",
        "Fatal",
        "{awful}",
        "Nunca más",
        "No lo recomiendo",
        "Lento",
        "👎",
        "Sin comentarios",
        "Muy mal servicio",
        "Decepción",
        "Caro y malo",
        "Pésima experiencia",
    ],
    1: ["Bien", "Normal", "Regular", "Ok", "Correcto", "Pasable", "Se puede mejorar", ".", "Ni fu ni fa", "Cumple"],
    2: [
        "{great}",
        "Todo bien",
        "Gracias",
        "Muy bien",
        "👍",
        "Sin queja",
        "Muy contenta",
        "Rápidos",
        "Bien atendido",
        "Contentos",
        "Todo correcto",
        "👏👏",
    ],
}
OPENERS = {
    0: [
        "",
        "",
        "",
        "",
        "",
        "la verdad, ",
        "{angry}: ",
        "mire, ",
        "lo siento pero ",
        "sinceramente, ",
        "una decepción: ",
        "no lo entiendo: ",
        "tengo que decirlo: ",
        "siento ser así, pero ",
        "resumen: ",
    ],
    1: ["", "", "", "", "pues ", "bueno, ", "a ver, ", "en general ", "diría que "],
    2: [
        "",
        "",
        "",
        "",
        "",
        "",
        "la verdad, ",
        "encantada: ",
        "muy contento, ",
        "nada que objetar: ",
        "quiero felicitarles: ",
        "sorprendida: ",
        "para mí, ",
        "sin duda, ",
        "debo decir que ",
    ],
}
LINKS = {
    0: [" y además ", ". Encima ", ". Y ", ", y para colmo ", "; "],
    1: [". ", ", "],
    2: [" y ", ". Además ", ", ", ". "],
}
CLOSERS = {
    0: [
        "",
        "",
        "",
        "",
        "",
        ". {angry}",
        ". Me voy a otra compañía",
        ". Espero una solución",
        ". Así no",
        ". Una pena",
        ". Arréglenlo",
        ". Estoy mirando otras",
        ". Que alguien lo lea",
    ],
    1: ["", "", "", "", ". Gracias", ". A ver si mejora", ". Un saludo"],
    2: [
        "",
        "",
        "",
        "",
        "",
        ". Gracias",
        ". Sigan así",
        ". Mil gracias",
        ". Repetiría",
        ". Enhorabuena",
        ". Ojalá todas así",
        ". Un saludo",
    ],
}
