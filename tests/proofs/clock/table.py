"""The table of times: which test looks at each, for fields of models and for settings.

`PROBED` stands in `probes.py`: just before, at, just after, clock set back, and a year on. A row that
names a function has its edge there; one that names only a file says where the time is tried, not
that each side of its edge is. A moment that something happened is no deadline.
"""

PROBED = "tests/proofs/clock/test_deadlines.py::test_it_ends_at_its_moment"
FIELDS = {
    "accounts.PasswordReset.expires_at": PROBED,
    "accounts.EmailChange.expires_at": PROBED,
    "accounts.EmailChange.effective_at": PROBED,
    "accounts.Session.expire_date": PROBED,
    "accounts.Throttle.until": PROBED,
    "offices.Membership.valid_from": "tests/proofs/clock/test_deadlines.py::test_it_begins_at_its_moment",
    "offices.Membership.valid_until": PROBED,
    "offices.Invitation.lapses_at": PROBED,
    "offices.Invitation.valid_until": PROBED,  # becomes the end of the membership
    "offices.Absence.ends_at": PROBED,
    "suppliers.Link.expires_at": PROBED,
    "suppliers.SpentPuzzle.expires_at": "tests/proofs/clock/test_deadlines.py::test_solved_puzzle_is_remembered_as_long_as_it_is_good",
    "suppliers.LinkRequest.held_until": "tests/unit/suppliers/test_not_me.py",
    "suppliers.TicketOffer.expires_at": PROBED,
    "suppliers.SupplierInvitation.expires_at": PROBED,
    "suppliers.Representative.until": "tests/unit/suppliers/test_people.py",  # when somebody ended it
    "suppliers.PowerOfAttorney.valid_from": "tests/proofs/clock/test_deadlines.py::test_decree_and_power_begin_at_midnight_of_the_office",
    "suppliers.PowerOfAttorney.valid_until": PROBED,
    "suppliers.Sanction.until": PROBED,
    "access_rights.AccessRequest.token_expires_at": PROBED,
    "access_rights.AccessRequest.until": "tests/unit/access_rights/test_actions.py",
    "access_rights.AccessGrant.until": PROBED,
    "access_rights.OutsideAccount.until": "tests/unit/access_rights/test_accounts.py::test_the_holder_is_told_once_a_month_before",
    "suppliers.DataChange.holds_until": "tests/unit/suppliers/test_data_change.py::test_a_tax_number_is_held_a_day_and_the_owner_told",
    "tickets.Party.until": PROBED,
    "tickets.Ticket.due_at": "tests/flows/test_story_time.py",
    "tickets.Ticket.soon_at": "tests/unit/tickets/test_clock.py",
    "standards.Standard.effective": "tests/proofs/clock/test_deadlines.py::test_decree_and_power_begin_at_midnight_of_the_office",
    "verification.Session.until": "tests/unit/verification/test_sessions.py::test_one_officer_holds_one_call_at_a_time",
}  # fmt: skip
SETTINGS = {
    "session left alone": PROBED,
    "session in all": PROBED,
    "try again after too many guesses": PROBED,
    "presence": PROBED,
    "puzzle": PROBED,
    "quiet after a report": "tests/unit/suppliers/test_not_me.py",
    "one-time key": "tests/proofs/clock/test_deadlines.py::test_what_was_used_stays_used_when_the_clock_goes_back",
    "number of the year": "tests/proofs/clock/test_new_year.py",
    "year without a calendar": "tests/unit/offices/test_hours.py::test_due_time_in_a_year_without_decree_is_refused",
    "hours of Ramadan": "tests/unit/offices/test_hours.py::test_ramadan_schedule_takes_the_place_of_the_week",
    "days of reopening": "tests/unit/tickets/test_endings.py::test_a_finished_ticket_is_closed_after_the_days_of_reopening",
    "days until an unanswered ticket is closed": "tests/unit/tickets/test_endings.py::test_an_unanswered_ticket_is_closed_after_the_offices_days",
    "days that documents are kept": "tests/unit/tickets/test_keeping.py",
    "days that proofs are kept": "tests/unit/tickets/test_proofs.py",
    "days after activation": "tests/unit/suppliers/test_follow_up.py",
    "waits of mail": "tests/unit/kernel/test_outbox.py",
    "filled letters": "tests/unit/suppliers/test_filled_letters.py",
    "days of a draft": "tests/unit/suppliers/test_drafts.py",
}  # fmt: skip
