"""Delimited text that is encoded, quoted or laid out oddly."""

from __future__ import annotations

from tests.sources.corpus.odd import TICKETS, Odd, text

TOPIC = TICKETS + 'topic = "topic"\n'
STRAY = "A quotation mark is opened and never closed."

TEXTS = (
    Odd(
        "header_only.csv",
        ("column names and no rows", "nombres de columna sin filas"),
        text("ticket id,created at,status\n"),
        mapping="",
        refused="header_only.csv has column names but no rows below them.",
    ),
    Odd(
        "unlike_anything.csv",
        ("a table of something else", "una tabla de otra cosa"),
        text("species,petals\niris,3\nrose,5\n"),
        mapping="",
        refused="Nothing in unlike_anything.csv looks like a table that latido knows; "
        "its columns are: species, petals. "
        "Say what it is with --as TABLE, or describe its columns in a mapping file and use --map FILE.",
    ),
    Odd(
        "other_columns.csv",
        ("a column that the mapping names is not there", "falta una columna que la correspondencia nombra"),
        text("id,creation\n1,2024-03-04\n"),
        refused="There is no column in other_columns.csv called “created”. Did you mean creation?",
    ),
    Odd(
        "utf16.csv",
        ("UTF-16 without its mark", "UTF-16 sin su marca"),
        text("id,created,topic\n1,2024-03-04,Reclamación\n", "utf-16-le"),
        TOPIC,
        rows=1,
        shows={"topic": "Reclamación"},
    ),
    Odd(
        "utf16_mark.csv",
        ("UTF-16 with its mark", "UTF-16 con su marca"),
        text("id,created,topic\n1,2024-03-04,Reclamación\n", "utf-16"),
        TOPIC,
        rows=1,
        shows={"topic": "Reclamación"},
    ),
    Odd(
        "western.csv",
        ("Windows' 8-bit encoding", "codificación de 8 bits de Windows"),
        text("id;created;topic\n1;2024-03-04;Avería de 5 €\n", "cp1252"),
        TOPIC,
        rows=1,
        shows={"topic": "Avería de 5 €"},
    ),
    Odd(
        "cyrillic.csv",
        ("an 8-bit encoding that is not Western", "codificación de 8 bits no occidental"),
        text("id,created,topic\n1,2024-03-04,Интернет не работает\n", "cp1251"),
        TOPIC,
        refused="cyrillic.csv is not UTF-8, and its letters make no Western text in an 8-bit encoding. "
        'Say which encoding it has in a mapping file, for instance: encoding = "cp1251".',
    ),
    Odd(
        "codec.csv",
        ("a mapping with an encoding that does not exist", "correspondencia con una codificación que no existe"),
        text("id,created\n1,2024-03-04\n"),
        'encoding = "utf-99"\n' + TICKETS,
        refused="There is no encoding called “utf-99”. Common ones are utf-8, utf-16, cp1252, latin-1 and cp850.",
    ),
    Odd(
        "broken_utf8.csv",
        ("one bad byte in UTF-8", "un byte erróneo en UTF-8"),
        text(b"id,created,topic\n1,2024-03-04," + "ñ".encode() * 9 + b"\n2,2024-03-04,ca\xf1o\n"),
        TOPIC,
        rows=2,
        set_aside=("row 2, topic “ca�o”: It holds characters that cannot be read; they are shown as “�” or left out.",),
    ),
    Odd(
        "broken_mark.csv",
        ("a mark of UTF-8, then bytes that are not", "una marca de UTF-8 y después bytes que no lo son"),
        text(b"\xef\xbb\xbfid,created,topic\n1,2024-03-04,ca\xf1o\n"),
        TOPIC,
        rows=1,
        set_aside=("row 1, topic “ca�o”: It holds characters that cannot be read; they are shown as “�” or left out.",),
    ),
    Odd(
        "nul.csv",
        ("NUL bytes", "bytes NUL"),
        text("id,created,topic\n1,2024-03-04,no\x00ise\n"),
        TOPIC,
        rows=1,
        set_aside=(
            "row 1, topic “no\x00ise”: It holds characters that cannot be read; they are shown as “�” or left out.",
        ),
        shows={"topic": "noise"},
    ),
    Odd(
        "twice.csv",
        ("two exports pasted together, header and mark included", "dos exportaciones pegadas, con cabecera y marca"),
        text("\ufeffid,created\n1,2024-03-04\n\ufeffid,created\n2,2024-03-05\n"),
        rows=2,
        set_aside=("row 2: The row repeats the header.",),
    ),
    Odd(
        "preamble.csv",
        ("lines above the header", "líneas sobre la cabecera"),
        text("Report generated 2024-03-05\nRows: 2\n\nid,created\n1,2024-03-04\n2,2024-03-04\n"),
        rows=2,
    ),
    Odd(
        "separator.csv",
        ("Excel's sep= line", "línea sep= de Excel"),
        text("sep=;\r\nid;created\r\n1;2024-03-04\r\n"),
        rows=1,
    ),
    Odd(
        "totals.csv",
        ("totals in the last row", "totales en la última fila"),
        text("id,created,topic,reopens\n1,2024-03-04,a,2\nTotal,,,2\n"),
        rows=1,
        set_aside=("row 2: The row holds totals.",),
    ),
    Odd(
        "trailing.csv",
        ("a delimiter at the end of each row", "un delimitador al final de cada fila"),
        text("id,created\n1,2024-03-04,\n2,2024-03-04,\n"),
        rows=2,
    ),
    Odd(
        "same_names.csv",
        ("two columns of one name", "dos columnas con el mismo nombre"),
        text("id,created,category,category\n1,2024-03-04,Invoice,Amount\n"),
        TICKETS + 'topic = "category"\nsubtopic = "category (2)"\n',
        rows=1,
        shows={"topic": "Invoice", "subtopic": "Amount"},
    ),
    Odd(
        "ragged.csv",
        ("rows with too few and too many cells", "filas con celdas de menos y de más"),
        text("id,created\n1,2024-03-04\n2\n3,2024-03-04,extra,more\n4,2024-03-04\n"),
        rows=2,
        set_aside=(
            "row 2: The row has 1 cell where the header has 2.",
            "row 3: The row has 4 cells where the header has 2.",
        ),
    ),
    Odd(
        "stray_mark.csv",
        ("a quotation mark that never closes", "una comilla que no se cierra"),
        text('id,created,topic\n1,2024-03-04,"abc\n2,2024-03-04,x\n3,2024-03-04,y\n'),
        TOPIC,
        rows=2,
        set_aside=(f"row 1: {STRAY}",),
    ),
    Odd(
        "stray_pair.csv",
        ("two stray quotation marks, rows between them", "dos comillas sueltas con filas en medio"),
        text('id,created,topic\n1,2024-03-04,"abc\n2,2024-03-04,x\n3,2024-03-04,"def\n4,2024-03-04,y\n'),
        TOPIC,
        rows=2,
        set_aside=(f"row 1: {STRAY}", f"row 3: {STRAY}"),
    ),
    Odd(
        "bare_marks.csv",
        ("quotation marks inside a quoted cell", "comillas dentro de una celda entrecomillada"),
        text('id,created,topic\n1,2024-03-04,"Ana "Nita" Gil, Madrid"\n'),
        TOPIC,
        rows=1,
        shows={"topic": 'Ana "Nita" Gil, Madrid'},
    ),
    Odd(
        "old_mac.csv",
        ("carriage returns for line ends", "retornos de carro como saltos de línea"),
        text("id,created\r1,2024-03-04\r2,2024-03-04\r"),
        rows=2,
    ),
    Odd(
        "long_cell.csv",
        ("a cell of 10 MB", "una celda de 10 MB"),
        text('id,created,topic\n1,2024-03-04,"' + "word\n" * 2_000_000 + '"\n2,2024-03-04,b\n'),
        TOPIC,
        rows=2,
    ),
    Odd(
        "wide.csv",
        ("2,000 columns", "2000 columnas"),
        text("id,created," + ",".join(f"c{i}" for i in range(1998)) + "\n1,2024-03-04" + ",7" * 1998 + "\n"),
        rows=1,
    ),
    Odd(
        "right_to_left.csv",
        ("marks of right-to-left writing in the dates", "marcas de escritura de derecha a izquierda"),
        text("id,created\n1,\u200e25/\u200e03/\u200e2024\n\u200f2,25/03/2024\n"),
        rows=2,
        shows={"ticket_id": "1"},
    ),
    Odd(
        "fixed.txt",
        ("fixed width without column names", "ancho fijo sin nombres de columna"),
        text(" 00004 19970101  2   29.33\n 00004 19970118  2   29.73\n 00021 19970802  1   14.96\n"),
        'header = false\nnames = ["id", "created", "units", "amount"]\n[[tables]]\ntable = "orders"\n[tables.columns]\n'
        'order_id = { row_number = true }\ncustomer_id = "id"\nordered = "created"\namount = "amount"\n',
        rows=3,
        shows={"customer_id": "00004", "amount": 29.33},
    ),
)
