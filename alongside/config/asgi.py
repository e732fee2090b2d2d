"""The site as an ASGI application."""

import os
from typing import cast

from django.core.asgi import get_asgi_application

from alongside.core.sizes import Application, within_size

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = within_size(cast(Application, get_asgi_application()))
