"""What is said in tickets in Spanish: the first message by topic and subtopic, then the rest by turn."""

from __future__ import annotations

SPAIN_WORDS = {
    "hello": ["Hola", "Buenos días", "Buenas tardes", "Buenas", "Hola, buenos días", "Estimados señores"],
    "bill": ["la factura"],
    "boiler": ["la caldera"],
    "phone": ["el móvil"],
    "power": ["luz"],
    "flat": ["el piso", "la casa"],
    "look": [
        "¿Podéis mirarlo?",
        "¿Pueden revisarlo?",
        "¿Me lo miráis, por favor?",
        "¿Qué tengo que hacer?",
        "Necesito una solución.",
    ],
    "amount": ["38 €", "61,20 €", "84 €", "127 €", "49,90 €", "203 €"],
    "bye": ["Gracias", "Un saludo", "Muchas gracias", "Saludos", "Gracias de antemano", ""],
}
MEXICO_WORDS = {
    "hello": ["Hola", "Buen día", "Buenas tardes", "Qué tal", "Hola, buen día", "Buenas"],
    "bill": ["el recibo"],
    "boiler": ["el boiler"],
    "phone": ["el celular"],
    "power": ["luz"],
    "flat": ["la casa", "el depa"],
    "look": ["¿Me pueden ayudar?", "¿Pueden checarlo?", "¿Me lo revisan, por favor?", "¿Qué hago?", "Espero su apoyo."],
    "amount": ["$380", "$612", "$890", "$1,240", "$2,030", "$745"],
    "bye": ["Gracias", "Saludos", "Muchas gracias", "Quedo al pendiente", "Mil gracias", ""],
}
SHARED_WORDS = {
    "since": [
        "desde ayer",
        "desde esta mañana",
        "desde hace dos días",
        "desde el lunes",
        "desde hace una semana",
        "desde anoche",
    ],
    "month": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "agent": [
        "Le atiende su gestor",
        "Le saluda el equipo de Lumbre Hogar",
        "Gracias por escribirnos",
        "Gracias por la espera",
    ],
    "n": ["2", "3", "4", "5", "6", "8", "10", "12"],
}
# Subject and problem by topic and subtopic, in the order of `world.SUBTOPICS`.
PROBLEMS = (
    (
        ("Importe de {month}", "{bill} de {month} [me viene altísima|sube a {amount} y no sé por qué|no me cuadra]"),
        ("No me llega {bill}", "[no he recibido|sigo sin recibir] {bill} de {month}"),
        ("Cambio de cuenta", "quiero [cambiar la cuenta|actualizar la domiciliación|cambiar la forma de pago]"),
        ("Dudas del desglose", "no entiendo [los conceptos|el desglose|los impuestos] de {bill} de {month}"),
        (
            "Cobro duplicado",
            (
                "me [han cobrado dos veces|aparece un cargo doble de|llegó "
                "por duplicado] {amount} tras el cambio de tarifa"
            ),
        ),
    ),
    (
        ("Sin suministro", "[estoy|estamos|nos quedamos] sin {power} {since}"),
        ("Se va la luz", "[la luz va y viene|hay microcortes|se baja la corriente] {since}"),
        ("Tensión baja", "los aparatos [no arrancan|se apagan], parece que llega [poca tensión|bajo voltaje]"),
        ("Restablecer servicio", "ya pagué {bill} y [sigo sin servicio|no me han restablecido la luz]"),
        ("Avería general", "toda la zona está sin {power} {since} y [nadie informa|no hay aviso|el teléfono comunica]"),
    ),
    (
        (
            "No funciona la calefacción",
            "{boiler} [no enciende|se apaga sola|marca un error] {since} y [hace mucho frío|no hay agua caliente]",
        ),
        ("Revisión anual", "quiero [pedir|adelantar|cambiar] la cita de la revisión de {boiler}"),
        ("Ruido extraño", "{boiler} hace un ruido [raro|muy fuerte] {since}"),
        ("Termostato", "el termostato [no conecta|marca mal la temperatura|se desconfigura]"),
        ("Fuga", "[huele a gas|gotea|pierde agua] {boiler} {since}"),
    ),
    (
        ("Producción baja", "los paneles producen [la mitad|muy poco|menos que antes] {since}"),
        ("Excedentes", "no veo [los excedentes|la compensación] en {bill} de {month}"),
        ("Inversor", "el inversor [da error {n}|parpadea en rojo|no conecta] {since}"),
        ("Instalación solar", "¿cuándo [vienen a instalar|terminan de instalar|me dan cita para] los paneles?"),
        ("Limpieza", "quiero [presupuesto|cita] para limpiar {n} paneles"),
    ),
    (
        ("Alta nueva", "quiero [contratar|dar de alta] la {power} en {flat}"),
        ("Cambio de tarifa", "quiero [cambiar de tarifa|pasar a la tarifa solar|saber qué tarifa me conviene]"),
        ("Potencia", "necesito [subir|bajar] la potencia contratada"),
        ("Documentación", "¿qué papeles [hacen falta|tengo que mandar] para el contrato?"),
        ("Promoción", "¿sigue vigente [la promoción|el descuento] de {month}?"),
    ),
    (
        ("Cambio de titular", "[me mudo y|compré {flat} y] necesito el cambio de titular"),
        ("Traslado", "nos mudamos en {month} y [queremos llevarnos el contrato|hay que trasladar el servicio]"),
        ("Alta en vivienda nueva", "{flat} es de obra nueva y no tiene [contador|contrato]"),
        ("Contrato anterior", "sigue a mi nombre el contrato [anterior|de mi antigua casa]"),
        ("Documentación", "mandé los papeles del cambio hace {n} días y [nadie contesta|no sé cómo va]"),
    ),
    (
        ("Lectura errónea", "la lectura de {month} [está mal|no coincide con el contador]"),
        ("Contador nuevo", "cambiaron el contador y [no da datos|marca cero|se quedó parado]"),
        ("Lectura estimada", "llevo {n} meses con lecturas estimadas"),
        ("Acceso al contador", "vinieron a leer el contador y [no había nadie|no pudieron entrar]"),
        ("Consumo", "el consumo [se ha duplicado|subió mucho] {since} y no hemos cambiado nada"),
    ),
    (
        ("No puedo entrar", "[no puedo entrar en|no me deja acceder a] la app {since}"),
        ("Datos personales", "quiero cambiar [el correo|la dirección|el teléfono] de mi cuenta"),
        ("Notificaciones", "[no me llegan|me llegan dobles] los avisos a {phone}"),
        ("Pago en la app", "al pagar en la app [da error|se queda pensando|no acepta la tarjeta]"),
        ("Error", "la app [se cierra sola|da error {n}0{n}] {since}"),
    ),
    (
        ("Baja por precio", "quiero [darme de baja|cancelar], [es demasiado caro|ha subido mucho el precio]"),
        ("Baja", "me voy a otra compañía, ¿[cómo cancelo|qué hay que hacer]?"),
        ("Baja por mudanza", "me mudo fuera y quiero cancelar en {month}"),
        ("Baja", "quiero cancelar: [no estoy contento con el servicio|ya van {n} problemas]"),
        ("Permanencia", "¿tengo permanencia? quiero saber [cuánto pagaría|si puedo cancelar]"),
    ),
)
TURNS = {
    "bot": [
        (
            "¡Hola! Soy [el asistente|la asistencia virtual] de Lumbre Hogar. "
            "[¿En qué puedo ayudarle?|He recibido su consulta, un momento.]"
        ),
        "Gracias por contactar. [Le paso con el equipo indicado.|Mientras llega una persona, mire nuestra ayuda.]",
    ],
    "reply": [
        (
            "{agent}. [Lo estoy revisando|He revisado su caso|Estoy viendo sus datos]. ¿Me "
            "[confirma|indica] [el número de contrato|la dirección|la última lectura|un teléfono]?"
        ),
        "{agent}. Para seguir necesito [una foto|el justificante|la fecha exacta|su confirmación].",
        (
            "{agent}. He [abierto una incidencia|pedido la revisión|consultado con el "
            "departamento]. Le [aviso|escribo] en cuanto [tenga respuesta|lo vea]."
        ),
    ],
    "final": [
        (
            "{agent}. [Ya está resuelto|Ha quedado solucionado|Hecho]. [Si algo no va "
            "bien, respóndanos.|Gracias por su paciencia.|Cualquier cosa, aquí estamos.]"
        ),
        (
            "{agent}. Hemos [corregido el importe|actualizado sus "
            "datos|restablecido el servicio|cerrado la gestión]. Un saludo."
        ),
    ],
    "answer": [
        "[Es el|El número es] 00{n}{n}{n}{n}{n}. [Gracias|Un saludo|]",
        "[Adjunto la foto|Ahí va|Se lo mando ahora]. {bye}",
        "Sí, [correcto|eso es|así es]. ¿[Cuánto tarda|Cuándo lo sabré]?",
        "[Sigue igual|Todavía nada|No funciona]. {look}",
    ],
    "thanks": [
        "[Gracias|Muchas gracias|Mil gracias]",
        "Perfecto, [gracias|muy amables]",
        "[Ok|Vale|De acuerdo], gracias",
        "Ya funciona, gracias 🙂",
    ],
    "again": [
        "[Sigue pasando lo mismo|Ha vuelto a fallar|No está resuelto|Otra vez igual]. {look}",
        "Perdón, pero [no se ha solucionado|en la práctica sigue igual].",
    ],
    "person": [
        "[Quiero|Necesito|Prefiero] hablar con una persona",
        "Esto no me sirve, [páseme con alguien|quiero un agente]",
    ],
    "note": [
        (
            "Cliente [tranquilo|molesto|con prisa]. [Revisado en el "
            "sistema|Falta confirmar el contrato|Ver caso anterior]."
        ),
        "[Llamada sin respuesta|Pendiente de lectura|Pedido a distribución|Consultado con el turno de tarde].",
    ],
    "transfer": [
        "Lo paso: [no es de nuestro equipo|es del otro departamento|falta permiso]. [Cliente ya avisado.|Ver arriba.]"
    ],
    "hold": ["En espera: [visita del técnico|respuesta de la distribuidora|pieza pedida|ingreso en banco]."],
    "proactive": [
        (
            "{hello}: le escribimos de Lumbre Hogar porque [hay un corte programado|su "
            "contrato se renueva en {month}|detectamos un consumo inusual]. ¿Le viene bien?"
        ),
    ],
    "spam": [
        "GANE DINERO DESDE CASA {n}000 al mes, pulse aquí",
        "Oferta exclusiva: créditos al {n} % sin papeles",
        "Su paquete está retenido, confirme sus datos",
    ],
}
