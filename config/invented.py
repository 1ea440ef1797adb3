"""Invented businesses for examples: names no firm bears, numbers that only look right."""

from dataclasses import dataclass
from random import Random

from loket.offices.registers import regencies
from loket.offices.seeds import invented_name
from loket.standards.pack import StandardSpec
from loket.suppliers.seeds import Person

PASSWORD = "Kunci-Pandan-27"
WORDS = (
    "Tunas", "Anyam", "Rimba", "Cahaya", "Bambu", "Lontar", "Sekar", "Kapuk", "Jati", "Meranti",
    "Pandan", "Rotan", "Pala", "Kluwih", "Wulung", "Lumbung", "Randu", "Gading", "Kenanga", "Cempaka",
    "Sagu", "Nipah", "Ulin", "Sengon", "Waru", "Gaharu", "Kemiri", "Asam", "Manggis", "Salak",
)  # fmt: skip
ENDINGS = (
    "Abadi",
    "Lestari",
    "Sejahtera",
    "Utama",
    "Raya",
    "Mandiri",
    "Jaya",
    "Makmur",
)
STREETS = ("Melati", "Cendana", "Flamboyan", "Teratai", "Anggrek", "Kamboja", "Mahoni")
# The forms of business that suit a kind of applicant, by a word of its code
FORMS = (
    ("asing", ("asing",)),
    ("badan", ("pt", "cv")),
    ("perusahaan-perorangan", ("pt_perorangan",)),
    ("konsultan", ("konsultan",)),
)
PERSONS = ("perorangan", "konsultan")  # known by their own name and NIK
BIRTHDAYS = range(1, 28)


@dataclass(frozen=True)
class Example:
    """An invented applicant, and the string by which a leak of its data would be recognised."""

    person: Person
    canary: str
    name: str
    user_id: str


def example(spec: StandardSpec, kind: str, *, serial: int, random: Random) -> Example:
    """One applicant of this kind; `serial` keeps addresses and user ids apart."""
    form = _form_of(kind, random)
    boss = invented_name(random)
    firm = " ".join([*random.sample(WORDS, 2), random.choice(ENDINGS)])
    name = {**dict.fromkeys(PERSONS, boss), "asing": f"{firm} Pte"}.get(
        form, f"{form[:2].upper()} {firm}"
    )
    canary = f"KX{random.randrange(10**5, 10**6)}"
    user_id = f"{firm.split()[0].lower()}{serial:04d}"
    regency = random.choice(sorted(regencies()))
    nik = invented_nik(regency, random)
    tax = {"number": nik if form in PERSONS else invented_npwp(random)}
    identity = {
        "user_id": user_id,
        "name": name,
        "responsible_name": boss,
        "nik": nik,
        "address": f"Jalan {random.choice(STREETS)} {random.randrange(1, 90)} Blok {canary}",
        "regency": regency,
        "postal_code": f"{random.randrange(16000, 17000)}",
        "phone": f"0812 0000 {serial % 10000:04d}",
        "facts": [fact for fact in spec.facts_for(kind) if random.random() < 0.5],
    }
    if form == "asing":
        tax = {"number": f"T{random.randrange(10**8, 10**9)}", "country": "SG"}
        identity |= {"nik": "", "regency": "", "address": f"8 Meranti Walk #{canary}"}
    business = {"applicant_kind": kind, "form_of_business": form, "branch_kind": "head"}
    person = Person(f"{user_id}@usaha.example", PASSWORD, business, tax, identity)
    return Example(person, canary, name, user_id)


def _form_of(kind: str, random: Random) -> str:
    found = (forms for word, forms in FORMS if word in kind)
    return random.choice(next(found, ("perorangan",)))


def invented_nik(regency: str, random: Random) -> str:
    """A NIK of the right shape; its birth date is made up."""
    day = random.choice(BIRTHDAYS) + random.choice((0, 40))
    birth = f"{day:02d}{random.randrange(1, 13):02d}{random.randrange(60, 99)}"
    return f"{regency.replace('.', '')}01{birth}{random.randrange(1, 9999):04d}"


def invented_npwp(random: Random) -> str:
    """A 16-digit NPWP of a business with a right check digit."""
    eight = f"0{random.randrange(1, 4)}{random.randrange(10**6):06d}"
    return f"0{eight}{luhn(eight)}{random.randrange(1, 999):03d}000"


def invented_nip(random: Random) -> str:
    """An NIP of the right shape; its dates are made up."""
    born = f"19{random.randrange(70, 90)}{random.randrange(1, 13):02d}{random.choice(BIRTHDAYS):02d}"
    began = f"20{random.randrange(10, 20)}{random.randrange(1, 13):02d}"
    return f"{born}{began}{random.choice('12')}{random.randrange(1, 999):03d}"


def luhn(digits: str) -> int:
    """The check digit that follows these digits."""
    doubled = (
        sum(divmod(int(digit) * 2, 10)) if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return -sum(doubled) % 10
