"""Settings, from the environment and from settings.toml in the data folder. docs/reference/settings.md lists them."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from alongside.core import checked, keys
from alongside.core.home import DATABASE, home, listed, setting

HOME = home()
ALONGSIDE_KEY_RING = keys.Ring(keys.load(), keys.path())
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = ALONGSIDE_KEY_RING.secret_key
ADDRESS = checked.address(setting("address", "http://localhost:8000"))
HTTPS = ADDRESS.startswith("https://")
DEMO = setting("demo") == "1"
LEAVE_TO = setting("leave_to", "https://www.bbc.co.uk/weather")

DEBUG = False
ALLOWED_HOSTS = [urlsplit(ADDRESS).hostname or "localhost", *listed("hosts", "" if HTTPS else "localhost,127.0.0.1")]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if HTTPS else []
ROOT_URLCONF = "alongside.config.urls"
ASGI_APPLICATION = "alongside.config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = checked.time_zone(setting("time_zone", "Europe/London"))
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

INSTALLED_APPS = [
    "alongside.core",
    "alongside.nhsuk",
    "alongside.audit",
    "alongside.access",
    "alongside.todo",
    "alongside.addressbook",
    "alongside.information",
    "alongside.moderation",
    "alongside.rights",
    "alongside.care",
    "alongside.voice",
    "alongside.measures",
    "alongside.reporting",
    *(["alongside.demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "alongside.core.middleware.carried",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.audit.middleware.noting_where",
    "alongside.core.closed.SaysWhatDoesNotOpen",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.access.middleware.same_browser",
    "alongside.access.middleware.session_limits",
    "alongside.access.middleware.second_factor",
    "alongside.access.middleware.pressed_too_late",
    "alongside.access.limits.PerSession",
]

_context = [
    "django.template.context_processors.request",
    "django.template.context_processors.csp",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "alongside.access.context.menu",
    "alongside.information.context.organisation",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "alongside.core.templating.environment", "context_processors": _context},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _context},
    },
]


_pragmas = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728; PRAGMA secure_delete=ON;"
)
_sqlite: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / DATABASE,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _pragmas},
}
_named = setting("database")
DATABASES = {"default": checked.database(_named) if _named else _sqlite}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "here": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
_through = {"through": "django.core.mail.backends.console.EmailBackend"}
MAILERS = {"default": {"BACKEND": "alongside.core.mail.OneRecipient", "OPTIONS": _through}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "without words": {
            "()": "alongside.core.logs.WithoutWords",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without words"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 60

# --- safe by default: docs/reference/settings.md says what each of these is for
_prefix = "__Host-" if HTTPS else ""
SESSION_ENGINE = "alongside.access.sessions"
SESSION_COOKIE_NAME = f"{_prefix}session"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # encrypted, and no cookie of its own
BROWSER_COOKIE_NAME = f"{_prefix}browser"
SEAT_COOKIE_NAME = "__Secure-seat" if HTTPS else "seat"
SEAT_COOKIE_PATH = "/w/"  # staff pages are never sent it
CSRF_COOKIE_NAME = f"{_prefix}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60  # long after somebody is signed out, so that what they were writing is theirs
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
STAFF_IDLE_SECONDS = 60 * checked.number("staff_idle_minutes", setting("staff_idle_minutes", "15"), 5, 60)
EMERGENCY_MINUTES = 60
STAFF_LONGEST_SECONDS = 3600 * checked.number("staff_longest_hours", setting("staff_longest_hours", "12"), 1, 24)
STAFF_FRESH_SECONDS = 60 * checked.number("staff_fresh_minutes", setting("staff_fresh_minutes", "5"), 1, 30)
if DEMO:
    STAFF_FRESH_SECONDS = STAFF_LONGEST_SECONDS  # nobody in the demo has a password to show again
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds a whole domain for years: its owner decides, not we
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILES_TAKEN_AT = {"/measures/paper/": 50_000_000}  # bytes; everywhere else the site takes words, and no files
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = max(FILES_TAKEN_AT.values())  # what is sent waits in memory, never on the disk
FILE_UPLOAD_HANDLERS = ["alongside.core.sizes.InMemoryWhereTaken"]
PAGES_A_MINUTE = checked.number("pages_a_minute", setting("pages_a_minute", "300"), 60, 100_000)

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "alongside.access.passwords.KnownToOthers"},
    {
        "NAME": "alongside.access.passwords.OurOwnWords",
        "OPTIONS": {"organisation": "alongside.information.queries.about_us"},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "alongside.access.adapters.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_RATE_LIMITS = {
    "login_failed_known": "5/5m/key,20/h/key",
    "login_failed_here": "5/5m/key,20/h/key",
    "login_failed": "10/m/ip,60/h/key",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = STAFF_FRESH_SECONDS
MFA_ADAPTER = "alongside.access.adapters.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "add_webauthn": "alongside.access.proofs.AddPasskey",
    "authenticate": "alongside.access.proofs.GiveCode",
    "authenticate_webauthn": "alongside.access.proofs.GivePasskey",
    "edit_webauthn": "alongside.access.proofs.NamePasskey",
    "login_webauthn": "alongside.access.proofs.SignInWithPasskey",
    "reauthenticate": "alongside.access.proofs.GiveCodeAgain",
    "reauthenticate_webauthn": "alongside.access.proofs.GivePasskeyAgain",
}
MFA_TOTP_ISSUER = "Alongside"
