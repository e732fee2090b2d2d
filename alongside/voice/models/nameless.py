"""What anything is that a participant makes: a random key, no time and no person."""

from django.db import models

from alongside.core.models import new_key


class Nameless(models.Model):
    """A record with a random key and nothing that says when it was made. `key` is operational everywhere.

    Records of this kind are kept in no order: see `voice.shuffled`.
    """

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)

    class Meta:
        abstract = True
