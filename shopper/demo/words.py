"""What the demo's shoppers write, per question, in English and Spanish."""

# ruff: noqa: E501

from __future__ import annotations

Told = dict[str, tuple[str, ...]]

COMMENTS: dict[str, Told] = {
    "en": {
        "signage_visible": (
            "A delivery van and the neighbour's parasol hid the sign until I stood at the door.",
        ),
        "signage_damaged": (
            "The last letter of the sign hung loose.",
            "The lower edge of the sign was cracked.",
        ),
        "signage_lit": ("Two of the three lamps over the sign were dark.",),
        "signage_hours": ("I looked on the door and in the window and found no opening hours.",),
        "signage_window": ("The window showed winter coats in warm weather and two dummies had no price.",),
        "layout_aisles": ("Two boxes of jumpers stood in the main aisle; a pushchair could not pass.",),
        "layout_emergency_exit": (
            "A full rail of coats stood in front of the emergency exit for my whole visit.",
        ),
        "layout_product_found": ("I walked round twice and did not find any linen shirts.",),
        "layout_wayfinding": ("There was no sign for the fitting rooms; I found them behind the sale rail.",),
        "layout_prices": ("Four of the ten shirts that I turned over had no price ticket.",),
        "greeting_wait": ("I was in the shop for nine minutes and nobody spoke to me.",),
        "greeting_eye_contact": ("The employee at the till kept looking at the screen while I passed.",),
        "greeting_smile": ("The welcome was correct but without a smile.",),
        "greeting_help_offered": ("Nobody offered help, also when I held up two sizes.",),
        "greeting_warmth": ("The employee said hello while walking away.",),
        "staff_needs": ("I was shown the sale rail at once; nobody asked what I needed the jacket for.",),
        "staff_friendliness": ("The answers were short and given without looking up.",),
        "staff_knowledge": ("I was told the jacket could be machine washed; the label says hand wash.",),
        "staff_decision": ("I was told to think about it and come back.",),
        "staff_undivided": ("A phone call was taken in the middle of my question.",),
        "returns_raised": ("I asked twice and was told that it is on the receipt.",),
        "returns_period": ('No number of days was named; "the usual" was the answer.',),
        "returns_clarity": ("I left without knowing whether I would get money back or a voucher.",),
        "returns_written": ("Neither the till nor the receipt said anything about returns.",),
        "email_asked": ("I paid and was handed the bag; my e-mail was not asked for.",),
        "email_purpose": ("I was asked to type my e-mail into a tablet; what for was not said.",),
        "email_benefit": ("No benefit was named.",),
        "email_ease": ("The tablet asked for my address and birthday as well and then froze.",),
    },
    "es": {
        "signage_visible": ("Un toldo vecino tapaba el rótulo hasta llegar a la puerta.",),
        "signage_damaged": ("La última letra del rótulo estaba suelta.",),
        "signage_lit": ("Dos de las tres lámparas del rótulo estaban apagadas.",),
        "signage_hours": ("No encontré el horario ni en la puerta ni en el escaparate.",),
        "signage_window": ("El escaparate mostraba abrigos de invierno y dos prendas sin precio.",),
        "layout_aisles": ("Había dos cajas de jerséis en el pasillo principal; un carrito no podía pasar.",),
        "layout_emergency_exit": (
            "Un perchero lleno tapaba la salida de emergencia durante toda la visita.",
        ),
        "layout_product_found": ("Di dos vueltas y no encontré camisas de lino.",),
        "layout_wayfinding": ("No había indicación de los probadores.",),
        "layout_prices": ("Cuatro de las diez camisas que miré no tenían precio.",),
        "greeting_wait": ("Estuve nueve minutos en la tienda y nadie me dirigió la palabra.",),
        "greeting_eye_contact": ("La persona de la caja no levantó la vista de la pantalla.",),
        "greeting_smile": ("El saludo fue correcto, pero sin sonrisa.",),
        "greeting_help_offered": ("Nadie ofreció ayuda, ni cuando comparé dos tallas.",),
        "greeting_warmth": ("Me saludaron mientras se alejaban.",),
        "staff_needs": ("Me llevaron a las rebajas; nadie preguntó para qué quería la chaqueta.",),
        "staff_friendliness": ("Las respuestas fueron breves y sin mirarme.",),
        "staff_knowledge": ("Me dijeron que la chaqueta se lava a máquina; la etiqueta indica a mano.",),
        "staff_decision": ("Me dijeron que lo pensara y volviera otro día.",),
        "staff_undivided": ("Atendieron una llamada en mitad de mi pregunta.",),
        "returns_raised": ("Pregunté dos veces y me remitieron al tique.",),
        "returns_period": ("No dijeron ningún plazo; solo «lo normal».",),
        "returns_clarity": ("Me fui sin saber si devolvían el dinero o un vale.",),
        "returns_written": ("Ni la caja ni el tique decían nada de devoluciones.",),
        "email_asked": ("Pagué y me dieron la bolsa; no me pidieron el correo.",),
        "email_purpose": ("Me pidieron escribir el correo en una tableta sin decir para qué.",),
        "email_benefit": ("No mencionaron ninguna ventaja.",),
        "email_ease": ("La tableta pedía también la dirección y el cumpleaños, y se bloqueó.",),
    },
}

TEXTS: dict[str, Told] = {
    "en": {
        "greeting_words": (
            "Good afternoon, have a look round and tell me if you need a size.",
            "Hello, welcome to Marisol.",
        ),
        "email_words": (
            "Shall I send you the receipt by e-mail?",
            "With your e-mail you get ten per cent next time.",
        ),
    },
    "es": {
        "greeting_words": (
            "Buenas tardes, mire con calma y dígame si necesita una talla.",
            "Hola, bienvenida a Marisol.",
        ),
        "email_words": (
            "¿Le envío el tique por correo?",
            "Con su correo tiene un diez por ciento la próxima vez.",
        ),
    },
}

STORIES: dict[str, dict[str, Told]] = {
    "en": {
        "staff_story": {
            "good": (
                "I asked for a light jacket for travelling. The employee asked where I was going, brought two sizes and "
                "explained why the lined one creases less. She waited outside the fitting room and brought a scarf to match.",
                "I said that I was looking for a present. The employee asked about size and taste, laid out three jumpers "
                "and told me which wool does not scratch. He wrapped the one that I chose without my asking.",
            ),
            "poor": (
                "I asked for a light jacket for travelling. The employee pointed at the rail by the wall and went on folding. "
                "When I asked about washing, she read the label aloud and said that she was new.",
                "I looked at jackets for several minutes before I went to the till and asked. I was told that everything "
                "they had was on the rail. Nobody came with me.",
            ),
        },
    },
    "es": {
        "staff_story": {
            "good": (
                "Pedí una chaqueta ligera para viajar. La persona que me atendió preguntó adónde iba, trajo dos tallas y "
                "explicó por qué la forrada se arruga menos. Esperó junto al probador y trajo un pañuelo a juego.",
            ),
            "poor": (
                "Pedí una chaqueta ligera para viajar. Me señalaron el perchero de la pared y siguieron doblando ropa. "
                "Al preguntar por el lavado, leyeron la etiqueta en voz alta.",
            ),
        },
    },
}
