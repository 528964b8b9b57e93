"""The product's settings in a world of the tests."""

from __future__ import annotations

from chalicelib.config import Settings
from tests.fault_injection.cloud import BUCKET, PREFIX, SENDER, Cloud


def settings_of(cloud: Cloud) -> Settings:
    """Return settings that name what this cloud has."""
    urls = cloud.queue_urls
    return Settings(
        table_prefix=PREFIX,
        files_bucket=BUCKET,
        report_queue_url=urls["reports"],
        import_queue_url=urls["imports"],
        bulk_queue_url=urls["bulk-operations"],
        settle_queue_url=urls["settlements"],
        delivery_queue_url=urls["deliveries"],
        user_pool_id=cloud.pool_id,
        console_client_id="console",
        mail_from=SENDER,
        api_url="https://api.example.com/v1",
        console_url="https://console.example.com",
        import_rows_per_second=0,
    )
