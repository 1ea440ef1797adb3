"""Slows down whoever guesses the codes of receipts and papers."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from loket.kernel import clock

# Codes are random over 30^8 and more; this many wrong ones from one address in a minute are guesses.
MISSES_PER_MINUTE = 30


def is_over(request: HttpRequest) -> bool:
    """Whether this address has guessed enough for this minute, whatever it guessed at."""
    return bool(cache.get(_key(request), 0) >= MISSES_PER_MINUTE)


def count_miss(request: HttpRequest) -> None:
    """One more code that led nowhere."""
    cache.set(_key(request), cache.get(_key(request), 0) + 1)


def _key(request: HttpRequest) -> str:
    minute = int(clock.now().timestamp() // 60)
    return f"lacak:{get_adapter().get_client_ip(request)}:{minute}"
