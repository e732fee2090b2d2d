"""The site as an ASGI application; streams of boards are answered before Django."""

import os
import sys
from typing import cast

import django

from alongside.core.handler import InOneThread
from alongside.core.sizes import Application, within_size

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup(set_prefix=False)
site = within_size(cast(Application, InOneThread()))

# models can be loaded only once Django is set up
from alongside.voice.live.lanes import in_lanes  # noqa: E402
from alongside.voice.live.stream import live  # noqa: E402

application = live(in_lanes(site))
sys.setswitchinterval(0.0005)  # seconds: sending a frame to five hundred waits less for whoever takes a note beside it
