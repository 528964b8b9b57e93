"""The console's response headers as the template for AWS has them, with this stack's hosts in place of AWS's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from infra import fragments
from infra.package import ROOT

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

TEMPLATE = ROOT / "infra/aws/console.yaml"


def write(place: StackConfig) -> None:
    """Write them where the emulator looks for them."""
    place.console_headers.write_text(json.dumps(of_console(place)))


def of_console(place: StackConfig) -> dict[str, str]:
    """Return each header by its name."""
    policy = fragments.read(TEMPLATE)["Resources"]["ConsoleHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    security: dict[str, Any] = policy["SecurityHeadersConfig"]
    return {
        "Content-Security-Policy": _on_this_machine(security["ContentSecurityPolicy"], place),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    }


def _on_this_machine(policy: dict[str, Any], place: StackConfig) -> str:
    text: str = policy["ContentSecurityPolicy"]["Fn::Sub"]
    return text.replace("https://cognito-idp.${AWS::Region}.amazonaws.com", place.endpoint).replace(
        "https://${FilesBucket.RegionalDomainName}", place.files_origin
    )
