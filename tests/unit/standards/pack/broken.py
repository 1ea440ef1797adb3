"""Ways to break the small pack, and what each must be told; with the tools to break it."""

from pathlib import Path

OFFICE = "office.yaml"
STANDARD = "standards/daftar-uji.yaml"
KINDS = (
    "activate_account, apply_data_change, change_schedule, decide, disclose_user_id, escalate, explain,"
    " follow_up_sikap, grant_access, hold_change, issue_document, issue_receipt, perform_outside, plan_session,"
    " receive_documents, receive_outside_result, record_outside, record_trial, register, reject, remote_session,"
    " request, take_exhibit, verify_documents"
)
ROLES = (
    "admin_agency, admin_ppe, applicant, auditor, front_office, helpdesk,"
    " kasubag_lpse, kepala_bagian, kepala_tim, lkpp, trainer, verifikator"
)

# file, text to replace, its replacement, the refused line (found by its beginning), message
SYNTAX = {
    "a key written twice": (
        STANDARD, "hours: loket\n", "hours: loket\nhours: siang\n",
        "hours: siang", "kunci 'hours' ditulis dua kali; hapus satu",
    ),
    "a tab": (
        STANDARD, "  ktp: {", "\tktp: {",
        "\tktp", "ada tab di awal baris; ganti dengan spasi",
    ),
    "a bracket left open": (
        OFFICE, "languages: [id]", "languages: [id",
        "places:", "penulisan YAML keliru; periksa titik dua, kurung, kutip dan indentasi",
    ),
    "a control character": (
        OFFICE, "LPSE Kota Uji", "LPSE \x00",
        "schema", "berkas memuat tanda atau nilai yang tidak boleh dalam YAML",
    ),
    "a number that its own tag denies": (
        OFFICE, "reopen_within_days: 7", "reopen_within_days: !!int tujuh",
        "schema", "berkas memuat tanda atau nilai yang tidak boleh dalam YAML",
    ),
}  # fmt: skip
TYPES = {
    "an unknown key": (
        STANDARD, "supervised_by:", "supervisor:",
        "supervisor", "kunci 'supervisor' tidak dikenal; periksa ejaannya",
    ),
    "an unknown key of a step": (
        STANDARD, "text: Menolak", "text: Menolak, jam: 2",
        "  - {step: tolak", "kunci 'jam' tidak dikenal; periksa ejaannya",
    ),
    "a number as a key": (
        OFFICE, "reopen_within_days: 7", "confirm: {7: 7}\nreopen_within_days: 7",
        "confirm:", "kunci 'confirm' tidak dikenal; periksa ejaannya",
    ),
    "a number as a key of a record": (
        OFFICE, "{valid_hours: 72}", "{valid_hours: 72, 7: 7}",
        "confirm_link", "'confirm_link' tidak dapat dibaca; periksa penulisannya",
    ),
    "an exhibit larger than is taken": (
        OFFICE, "at_most_mb: 4}", "at_most_mb: 4, exhibit_at_most_mb: 17}",
        "uploads:", "barang bukti paling besar 16 MB; yang lebih besar tetap di medianya",
    ),
    "a missing key": (
        OFFICE, "parent: Sekretariat Daerah Kota Uji\n", "",
        "schema", "'parent' belum ada; tambahkan",
    ),
    "a number where text belongs": (
        OFFICE, "name: LPSE Kota Uji", "name: 12",
        "name", "'name' harus berupa teks; beri tanda kutip",
    ),
    "a word where a yes or no belongs": (
        STANDARD, "allowed: true", "allowed: no",
        "  allowed", "'allowed' harus true atau false",
    ),
    "a quoted number": (
        STANDARD, "value: 15", 'value: "15"',
        "  value", "'value' harus bilangan bulat tanpa tanda kutip",
    ),
    "a negative number": (
        OFFICE, "reopen_within_days: 7", "reopen_within_days: -1",
        "reopen", "'reopen_within_days' paling kecil 0",
    ),
    "a list that is none": (
        STANDARD, "asks: [kuasa]", "asks: kuasa",
        "  asks", "'asks' harus berupa daftar, misalnya [a, b]",
    ),
    "a record that is none": (
        OFFICE, "confirm_link: {valid_hours: 72}", "confirm_link: 72",
        "confirm_link", "'confirm_link' harus berisi pasangan kunci dan nilai",
    ),
    "a word that is not offered": (
        OFFICE, "registration_mode: registrar", "registration_mode: manual",
        "registration_mode",
        "'registration_mode' berisi 'manual'; pilih salah satu: registrar, companion",
    ),
    "a date that is none": (
        STANDARD, "effective: 2024-02-01", "effective: 2024-02-30",
        "effective", "'effective' harus tanggal seperti 2026-08-17",
    ),
    "an office code that is not three letters": (
        OFFICE, "code: UJI", "code: UJIAN",
        "code", "'code' berisi 'UJIAN', yang bentuknya tidak sesuai",
    ),
    "an office slug with a capital": (
        OFFICE, "office: kota-uji", "office: Kota-uji",
        "office", "'office' berisi 'Kota-uji', yang bentuknya tidak sesuai",
    ),
    "a service code with a space": (
        STANDARD, "service: daftar-uji", "service: daftar uji",
        "service", "'service' berisi 'daftar uji', yang bentuknya tidak sesuai",
    ),
    "no applicants": (
        STANDARD, ("applicants:\n  usaha:\n    title: Badan usaha\n    forms: [pt, cv]\n"
        "    asks: [ktp, sppkp]\n    brings: [izin]\n"), "applicants: {}\n",
        "applicants", "'applicants' tidak boleh kosong; tulis paling sedikit satu",
    ),
    "a form of business nobody knows": (
        STANDARD, "forms: [pt, cv]", "forms: [pt, ptt]", "    forms",
        ("'forms' berisi 'ptt'; pilih salah satu: pt, cv, firma, koperasi, yayasan, blu, bumdesa,"
        " pt_perorangan, lain, perorangan, ud, pd, konsultan, tenaga, asing"),
    ),
    "a time zone nobody knows": (
        OFFICE, "Asia/Jakarta", "Asia/Bogor", "time_zone",
        "'time_zone': zona waktu tidak dikenal; tulis misalnya Asia/Jakarta",
    ),
    "hours in the wrong order": (
        OFFICE, '"13:00-15:00"', '"11:00-15:00"', "  loket",
        "'loket': jam 09:00-12:00, 11:00-15:00 tidak berurutan atau bertumpuk",
    ),
    "an open end without a default": (
        OFFICE, '"13:00-15:00"', '"13:00-"', "  loket",
        ("'loket': jam tanpa akhir memerlukan 'open_end_counts_until',"
        ' misalnya "15:30"'),
    ),
    "a day written twice": (
        OFFICE, 'week: {', 'week: {tue: ["09:00-10:00"], ', "  loket",
        "'loket': satu hari ditulis dua kali; tulis setiap hari satu kali",
    ),
    "half a promise": (
        STANDARD, "  value: 15\n", "", "time",
        "'time': janji waktu belum lengkap: tulis value",
    ),
    "a promise beside none": (
        STANDARD, "kind: max", "kind: none", "time",
        "'time': kind 'none' tidak memakai value, unit, from atau covers",
    ),
    "an escalation both inside and outside": (
        OFFICE, "{outside: LKPP}", "{outside: LKPP, inside: trainer}", "  lkpp",
        "'lkpp': tulis salah satu: 'inside' (peran) atau 'outside' (nama)",
    ),
}  # fmt: skip
NAMES = {
    "a requirement that is not defined": (
        STANDARD, "asks: [ktp, sppkp]", "asks: [ktp, akta]",
        "    asks", "meminta berkas 'akta' yang tidak ada di requirements",
    ),
    "a proxy document that is not defined": (
        STANDARD, "asks: [kuasa]", "asks: [kuasa, ktp-kuasa]",
        "  asks", "meminta berkas 'ktp-kuasa' yang tidak ada di requirements",
    ),
    "advice in the checklist": (
        STANDARD, "asks: [ktp, sppkp]", "asks: [ktp, sppkp, izin]",
        "    asks", "berkas 'izin' hanya anjuran (for); pindahkan ke brings",
    ),
    "a fact nobody asks about": (
        STANDARD, "only_if: pkp", "only_if: kaya",
        "  sppkp", "berkas 'sppkp' bergantung pada 'kaya' yang tidak ada di facts",
    ),
    "an unknown decree": (
        STANDARD, "decree: sk-1", "decree: sk-2",
        "decree", "keputusan 'sk-2' tidak ada di decrees kantor",
    ),
    "an unknown calendar": (
        STANDARD, "hours: loket", "hours: malam",
        "hours", "kalender 'malam' tidak ada di calendars kantor",
    ),
    "service minutes without hours": (
        STANDARD, "hours: loket\n", "",
        "  unit", "janji dalam menit layanan memerlukan 'hours', yaitu kalender kantor",
    ),
    "an unknown supervisor": (
        STANDARD, "supervised_by: kepala_tim", "supervised_by: applicant",
        "supervised_by", "pengawas 'applicant' bukan peran yang ada",
    ),
    "an unknown legal basis": (
        STANDARD, "legal_basis: [uu-25-2009]", "legal_basis: [uu-25-2010]",
        "legal_basis", "dasar hukum 'uu-25-2010' tidak ada di register",
    ),
    "an unknown legal basis of a decree": (
        OFFICE, "recalling: [uu-25-2009]", "recalling: [pp-1]",
        "    recalling", "dasar hukum 'pp-1' tidak ada di register",
    ),
    "an escalation to an unknown role": (
        OFFICE, "{inside: admin_ppe}", "{inside: admin}",
        "  ppe", "peran 'admin' tidak ada",
    ),
    "a folder with another name": (
        OFFICE, "office: kota-uji", "office: kota-lain",
        "office", "nama folder harus 'kota-lain'",
    ),
    "a file with another name": (
        STANDARD, "service: daftar-uji", "service: daftar",
        "service", "nama berkas harus daftar.yaml atau daftar.2024-02-01.yaml",
    ),
    "staff of an unknown role": (
        STANDARD, "legal_basis:", "printed:\n  staff: {verifikator: 1, satpam: 1}\nlegal_basis:",
        "  staff", "staff: peran 'satpam' tidak ada",
    ),
}  # fmt: skip
PROCEDURE = {
    "an unknown kind": (
        STANDARD, "kind: reject", "kind: refuse", "  - {step: tolak",
        f"langkah 'tolak' memakai jenis 'refuse' yang tidak ada; pilih: {KINDS}",
    ),
    "a parameter the kind does not take": (
        STANDARD, "text: Menolak", "text: Menolak, where: SIKaP", "  - {step: tolak",
        "langkah 'tolak' berjenis 'reject', yang tidak memakai 'where'; hapus",
    ),
    "a parameter the kind needs": (
        STANDARD, ", document: bukti", "", "  - {step: bukti",
        "langkah 'bukti' berjenis 'issue_document', yang memerlukan 'document'; tambahkan",
    ),
    "a decision with one exit": (
        STANDARD, "exits: {terima: bukti, tolak: tolak}", "exits: {tolak: tolak}",
        "  - {step: putuskan",
        ("langkah 'putuskan' berjenis 'decide', yang memerlukan sedikitnya dua pilihan"
        " di 'exits'"),
    ),
    "an unknown actor": (
        STANDARD, "actor: verifikator, text: Menolak", "actor: lurah, text: Menolak",
        "  - {step: tolak",
        f"langkah 'tolak' menunjuk peran 'lurah' yang tidak ada; pilih: {ROLES}",
    ),
    "an unknown deputy": (
        STANDARD, "with: helpdesk", "with: satpam", "  - {step: datang",
        f"langkah 'datang' menunjuk peran 'satpam' yang tidak ada; pilih: {ROLES}",
    ),
    "an exit to nowhere": (
        STANDARD, "tolak: tolak}", "tolak: buang}", "  - {step: putuskan",
        "langkah 'putuskan' menunjuk ke 'buang' yang tidak ada",
    ),
    "a jump to nowhere": (
        STANDARD, "returns_to: datang}", "returns_to: datang, next: sana}",
        "  - {step: cocokkan", "langkah 'cocokkan' menunjuk ke 'sana' yang tidak ada",
    ),
    "a return to nowhere": (
        STANDARD, "returns_to: datang", "returns_to: pulang", "  - {step: cocokkan",
        "langkah 'cocokkan' kembali ke 'pulang' yang tidak ada",
    ),
    "a return that goes forward": (
        STANDARD, "returns_to: datang", "returns_to: putuskan", "  - {step: cocokkan",
        "langkah 'cocokkan' kembali ke 'putuskan', padahal langkah itu tidak mendahuluinya",
    ),
    "a variant for an unknown route": (
        STANDARD, "text: Menolak", "text: Menolak, when: {routes: [pos]}",
        "  - {step: tolak", "langkah 'tolak' berlaku untuk rute 'pos' yang tidak ada",
    ),
    "a variant for an unknown applicant": (
        STANDARD, "text: Menolak", "text: Menolak, when: {applicants: [asing]}",
        "  - {step: tolak", "langkah 'tolak' berlaku untuk pemohon 'asing' yang tidak ada",
    ),
    "a kind of applicant without a form of business": (
        STANDARD, "    forms: [pt, cv]\n", "", "  usaha",
        "jenis pemohon 'usaha' belum menyebut bentuk usaha; tulis forms",
    ),
    "a form of business of two kinds": (
        STANDARD, "    brings: [izin]\n",
        "    brings: [izin]\n  toko: {title: Toko, forms: [ud, cv], asks: [ktp]}\n", "  toko",
        "bentuk usaha 'cv' sudah milik 'usaha'; hapus salah satu",
    ),
    "a document without a title": (
        STANDARD, "document: bukti", "document: piagam", "  - {step: bukti",
        "langkah 'bukti' memberikan 'piagam' yang tidak ada di document_titles kantor",
    ),
    "a step written twice": (
        STANDARD, "  - {step: tolak",
        "  - {step: daftar, kind: reject, actor: applicant, text: Lagi}\n  - {step: tolak",
        "  - {step: daftar, kind: reject", "langkah 'daftar' ditulis dua kali; beri kode lain",
    ),
    "a step nobody reaches": (
        STANDARD, "tolak: tolak}", "tolak: bukti}", "  - {step: tolak",
        "langkah 'tolak' tidak pernah dicapai; periksa urutan, exits dan when",
    ),
    "a step that never ends": (
        STANDARD, "text: Menolak, ends: true", "text: Menolak", "  - {step: tolak",
        "langkah 'tolak' tidak pernah sampai ke akhir; tulis ends: true di langkah akhir",
    ),
    "an approval that slips into the refusal": (
        STANDARD, "document: bukti, ends: true", "document: bukti", "  - {step: bukti",
        ("langkah 'bukti' jatuh ke 'tolak', padahal itu tujuan keputusan 'putuskan';"
        " tulis ends: true, atau next: tolak bila memang lanjut ke sana"),
    ),
    "a promise over an unknown step": (
        STANDARD, "covers: [cocokkan]", "covers: [cocokkan, sahkan]", "  covers",
        "janji waktu mencakup langkah 'sahkan' yang tidak ada",
    ),
    "a promise from an event that never happens": (
        STANDARD, "from: documents_received", "from: called", "  from",
        "janji waktu dihitung sejak 'called', tetapi tidak ada langkah dengan emits: called",
    ),
}  # fmt: skip
PAPERS = {
    "a maklumat signed by a person": (
        OFFICE, "uploads:", "maklumat: {signed_by: \"Ratna Widuri, S.H.\"}\nuploads:",
        "maklumat", "'signed_by': tulis jabatan saja, tanpa nama, gelar, atau NIP",
    ),
    "a maklumat dated by nobody": (
        OFFICE, "uploads:", "maklumat: {place: Uji, date: 2024-01-02}\nuploads:",
        "maklumat", "'maklumat': tulis signed_by, yaitu jabatan yang menandatangani",
    ),
    "a maklumat on a day that is none": (
        OFFICE, "uploads:", "maklumat: {signed_by: Kepala, date: 2024-02-30}\nuploads:",
        "maklumat", "'date' harus tanggal seperti 2026-08-17",
    ),
    "a decree signed with a number of a civil servant": (
        OFFICE, "    recalling:", "    signed_by: Kepala Bagian NIP 1976\n    recalling:",
        "    signed_by", "'signed_by': tulis jabatan saja, tanpa nama, gelar, atau NIP",
    ),
    "a dictum without words": (
        OFFICE, "    recalling:", "    dictums: [Menetapkan, \"\"]\n    recalling:",
        "    dictums", "'id' tidak boleh kosong",
    ),
    "more dictums than ordinals": (
        OFFICE, "    recalling:", "    dictums: [a, b, c, d, e, f, g, h, i, j]\n    recalling:",
        "    dictums", "'dictums' paling banyak 9",
    ),
    "a reason without advice": (
        OFFICE, "uploads:", "refusal_reasons:\n  kabur: {title: Kabur}\nuploads:",
        "  kabur", "'advice' belum ada; tambahkan",
    ),
    "a letter without blocks": (
        OFFICE, "uploads:", "letters:\n  surat: {title: Surat, blocks: []}\nuploads:",
        "  surat", "'blocks' tidak boleh kosong; tulis paling sedikit satu",
    ),
    "a letter with a hole nobody fills": (
        OFFICE, "uploads:",
        "letters:\n  surat: {title: Surat, blocks: [{opening: \"Kepada {bupati}\"}]}\nuploads:",
        "  surat", ("'surat': isian bupati tidak dikenal; yang ada:"
        " company, name, office, proxy_name, service"),
    ),
    "a letter the office has not written": (
        STANDARD, "legal_basis:", "letters: [surat-kuasa]\nlegal_basis:",
        "letters", "surat 'surat-kuasa' tidak ada di letters kantor",
    ),
}  # fmt: skip
CASES = SYNTAX | TYPES | NAMES | PROCEDURE | PAPERS


def change(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    return changed


def line_of(text: str, beginning: str) -> int:
    lines = text.splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(beginning))
