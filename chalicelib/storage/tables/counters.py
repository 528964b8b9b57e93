"""The table of counters."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class Counters(Model):
    """How many accounts a partner has, in eight parts; one number a standing, absent while it was never touched."""

    class Meta:
        table_name = "counters"

    partner_id = UnicodeAttribute(hash_key=True)
    shard = UnicodeAttribute(range_key=True)
    open_managed = NumberAttribute(null=True, attr_name="O#managed")
    open_referred = NumberAttribute(null=True, attr_name="O#referred")
    trial_managed = NumberAttribute(null=True, attr_name="T#managed")
    trial_referred = NumberAttribute(null=True, attr_name="T#referred")
    expired_managed = NumberAttribute(null=True, attr_name="E#managed")
    expired_referred = NumberAttribute(null=True, attr_name="E#referred")
    cancelled_managed = NumberAttribute(null=True, attr_name="C#managed")
    cancelled_referred = NumberAttribute(null=True, attr_name="C#referred")
