"""Examples of a script and of a table, whole in each language: their words are read again by the same rules."""

EXAMPLES = {
    "en": """# Signage [before]
Was the sign lit? (Not by day.) [n/a, 5 points]
How strongly did the window draw you? [rating 1-5]
Photograph the window. [1-3 photos]

GREETING
Were you greeted within a minute? [critical]
Who greeted you? [one of: Manager = 10 / Clerk = 8 / Nobody]

# E-mail [after, weight 2]
Did the promised e-mail arrive? [after 14 days]
What did it say? [narrative, optional]
""",
    "es": """# Rótulo [antes]
¿Estaba encendido el rótulo? (De día, no.) [no aplica, 5 puntos]
¿Cuánto le atrajo el escaparate? [escala 1-5]
Fotografíe el escaparate. [1-3 fotos]

SALUDO
¿Le saludaron en menos de un minuto? [crítica]
¿Quién le saludó? [una de: Encargado = 10 / Dependiente = 8 / Nadie]

# Correo [después, peso 2]
¿Llegó el correo prometido? [a los 14 días]
¿Qué decía? [relato, opcional]
""",
}
TEMPLATES = {
    "en": (
        ("Touchpoint", "Question", "Kind", "Options", "Points", "Help"),
        ("Greeting", "Were you greeted within a minute?", "yes/no", "", "10", "From the moment you entered."),
        ("Greeting", "Who greeted you?", "one of", "Manager / Clerk / Nobody", "10 / 8 / 0", ""),
        ("Till", "How friendly was the goodbye?", "rating 1-5", "", "10", ""),
        ("Till", "How long did you queue?", "duration", "", "", ""),
        ("Till", "Photograph the till.", "photo, optional", "", "", ""),
    ),
    "es": (
        ("Punto de contacto", "Pregunta", "Clase", "Opciones", "Puntos", "Ayuda"),
        ("Saludo", "¿Le saludaron en menos de un minuto?", "sí/no", "", "10", "Desde que entró."),
        ("Saludo", "¿Quién le saludó?", "una de", "Encargado / Dependiente / Nadie", "10 / 8 / 0", ""),
        ("Caja", "¿Cómo de amable fue la despedida?", "escala 1-5", "", "10", ""),
        ("Caja", "¿Cuánto tiempo hizo cola?", "duración", "", "", ""),
        ("Caja", "Fotografíe la caja.", "foto, opcional", "", "", ""),
    ),
}
