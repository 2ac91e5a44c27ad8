"""Which link targets may leave the office: public web addresses and nothing else."""

import ipaddress
import re

_HOST = re.compile(r"https?://([^/?#@\s]+)(?:[/?#]|\Z)", re.IGNORECASE)
_INNER = (".local", ".lan", ".internal", ".intra", ".corp", ".home", ".localdomain")


def is_public(target: str) -> bool:
    """Whether a link may stay: http(s) to a named public host, without an account in it."""
    found = _HOST.match(target)
    if found is None:
        return False
    host = found.group(1).rsplit(":", 1)[0].strip("[]").lower().rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_INNER)
