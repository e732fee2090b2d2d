"""The addresses of sign-in that we use: no sign-up, no email in place of a factor, no codes shown twice."""

from allauth.account import views
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from django.urls import include, path

from alongside.access.views import passkeys, sign_in

recovery_urls = [
    path("", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

passkey_urls = [
    path("add/", passkeys.add, name="mfa_add_webauthn"),
    path("login/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("reauthenticate/", passkeys.show_again, name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/name/", passkeys.rename, name="mfa_edit_webauthn"),
    path("<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
]

factor_urls = [
    path("", sign_in.sign_in, name="mfa_index"),
    path("authenticate/", codes.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", codes.reauthenticate, name="mfa_reauthenticate"),
    path("totp/", include("allauth.mfa.totp.urls")),
    path("recovery-codes/", include(recovery_urls)),
    path("passkeys/", include(passkey_urls)),
    path("sessions/end/", sign_in.end_sessions, name="end_sessions"),
]

account_urls = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("2fa/", include(factor_urls)),
]
