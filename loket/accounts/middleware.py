"""Signs out whoever left a browser alone, or has used one session for too long."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from loket.accounts import sessions
from loket.accounts.resending import EXPIRED

Handler = Callable[[HttpRequest], HttpResponse]


def session_limits(handler: Handler) -> Handler:
    """Idle and absolute limits, judged by marks in the session; one write every few minutes."""

    def answer(request: HttpRequest) -> HttpResponse:
        whose = request.session.get(SESSION_KEY)
        if whose and sessions.is_over(request.session):
            request.session.flush()
            request.user = AnonymousUser()
            setattr(request, EXPIRED, str(whose))
        elif whose:
            sessions.touch(request.session)
        return handler(request)

    return answer
