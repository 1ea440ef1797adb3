"""One's own account: who one is here, where one is signed in, password, language."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loket.accounts.actions import end_session, end_sessions
from loket.accounts.actions.passwords import change_password
from loket.accounts.actions.people import choose_language
from loket.accounts.forms import ChangePasswordForm, LanguageForm
from loket.accounts.models import User
from loket.accounts.queries import change_under_way, factors_of, sessions_of
from loket.accounts.resending import forget, kept, recognisable


def person(request: HttpRequest) -> User:
    """Who is signed in; the policy of every address here has made sure that somebody is."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def account(request: HttpRequest) -> HttpResponse:
    """Everything about the account on one page."""
    user = person(request)
    context = {
        "person": user,
        "change": change_under_way(user),
        "factors": factors_of(user),
        "sessions": sessions_of(user),
        "here": request.session.session_key,
        "form": LanguageForm(initial={"language": user.language}),
    }
    return render(request, "accounts/account.html", context)


def password(request: HttpRequest) -> HttpResponse:
    """The old password and a new one; other browsers are signed out."""
    user = person(request)
    known = (user.user_id, user.email, user.name)
    form = ChangePasswordForm(request.POST or None, user=user, known=known)
    if request.method == "POST" and form.is_valid():
        change_password(
            user, password=form.cleaned_data["password"], session_key=request.session.session_key
        )  # fmt: skip
        update_session_auth_hash(request, user)
        messages.success(request, _("Kata sandi baru tersimpan."))
        return redirect("account")
    status = 422 if form.errors else 200
    context = {"form": form, "person": user}
    return render(request, "accounts/change_password.html", context, status=status)


def end(request: HttpRequest, handle: UUID) -> HttpResponse:
    """Sign one other browser out."""
    if not end_session(person(request), handle):
        raise Http404
    messages.success(request, _("Peramban itu sudah dikeluarkan."))
    return redirect("account")


def end_others(request: HttpRequest) -> HttpResponse:
    """Sign every other browser out."""
    end_sessions(person(request), but=request.session.session_key)
    messages.success(request, _("Semua peramban lain sudah dikeluarkan."))
    return redirect("account")


def language(request: HttpRequest) -> HttpResponse:
    """The language of pages here and of mails."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data["language"]
    choose_language(person(request), language=chosen)
    response = redirect("account")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def resend(request: HttpRequest) -> HttpResponse:
    """What was typed when the session ended, ready to be sent again; shown once."""
    found = kept(request)
    forget(request)
    if found is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = found | {"shown": recognisable(found["typed"])}
    return render(request, "accounts/resend.html", context)
