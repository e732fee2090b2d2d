"""Where choices are while a vote is open, and only then: in no table, log or backup of the site.

On SQLite a vote has a file of its own, which is overwritten and unlinked when it closes; on PostgreSQL a table of its
own that is written to no log, which is dropped. Nobody can say from either whose a ballot is: it stands under a key
made of the seat and a secret of the site, and all are written anew with each vote, in the order of those keys.
"""
