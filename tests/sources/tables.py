"""Small files in the shapes that companies export, for the wizard."""

from latido.sources.csv import read_csv
from latido.sources.infer import Profile, profiles
from latido.sources.source import Delivery
from tests.sources.shelf import delivered

CHURN = (
    "customerID,gender,tenure,Contract,MonthlyCharges,TotalCharges,Churn\n"
    "A-1,Female,1,Monthly,29.85,29.85,No\nA-2,Male,34,One year,56.95,1889.5,No\nA-3,Male,2,Monthly,53.85, ,Yes\n"
    "A-4,Male,45,One year,42.30,1840.75,No\nA-5,Female,8,Monthly,99.65,820.5,Yes\nA-6,Female,5,Monthly,9.5,47,No\n"
)
ROSTER = (
    "EmployeeNumber,Department,Attrition,OverTime,JobSatisfaction,Age\n"
    "1,Sales,Yes,Yes,4,41\n2,R&D,No,No,2,49\n4,R&D,Yes,Yes,3,37\n5,Sales,No,Yes,1,33\n6,Sales,No,No,4,27\n7,HR,No,No,2,32\n"
)
LOG = (
    "Timestamp,Ticket,Severity,Status No.,Assigned To,Status Name\n"
    "2024-01-13 17:24,T1,5,1,Ann,Logged\n2024-01-17 11:05,T1,5,2,Lee,Assigned\n2024-01-20 03:34,T1,5,3,Lee,Closed\n"
    "2024-01-27 13:46,T2,4,1,Ann,Logged\n2024-01-29 10:15,T2,4,2,Bob,Assigned\n2024-01-30 10:15,T2,4,3,Bob,Closed\n"
)
SURVEY = (
    'Marca temporal,"Del 0 al 10, ¿qué probabilidad hay de que nos recomiende?",¿Por qué?,'
    "¿Está satisfecho con la atención?,¿Cuánto esfuerzo le costó? (1-5),¿Nos recomendaría?,Canal\n"
    "25/03/2024 8:51:12,9,Rápidos,Muy satisfecho,1,Sí,Correo\n26/03/2024 9:05:13,3,,Insatisfecho,5,No,Teléfono\n"
    "26/03/2024 9:15:49,7,Bien,Satisfecho,2,Sí,Correo\n"
)
HELP_DESK = (
    "Caso,Fecha creación,Fecha cierre,Asunto,Canal,Prioridad,Estado,Agente,Zona,Última actualización\n"
    "1,04/03/2024 10:00,05/03/2024 10:00,Factura,Correo,Alta,Cerrado,Ana,Norte,25/03/2024 10:00\n"
    "2,04/03/2024 11:00,,Avería,Teléfono,Media,Abierto,Luis,Sur,25/03/2024 10:00\n"
    "3,04/03/2024 12:00,,Avería,Chat,Baja,Abierto,Luis,Sur,25/03/2024 10:00\n"
)
ORDERS = (
    "Order ID,Customer ID,Order Date,Total,Qty\n"
    "O1,C1,2024-03-04,12.50,1\nO2,C2,2024-03-05,8.00,2\nO3,C1,2024-03-06,3.20,1\n"
)
CLICKS = (
    "user_id,event,timestamp\n"
    "1,catalog,2019-11-01 17:59:13\n1,cart,2019-11-01 17:59:28\n2,catalog,2019-11-01 17:59:28\n"
)


def columns(folder, text: str) -> list[Profile]:
    """A file's columns, looked at."""
    return profiles(next(read_csv(delivered(folder, text)).frames()))


def file(folder, text: str, name: str = "file.csv") -> Delivery:
    """A delivered file."""
    return delivered(folder, text, name)
