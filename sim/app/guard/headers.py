"""What the server tells a browser about its pages: load nothing from elsewhere, stand in no frame, keep no copy."""

from __future__ import annotations

from collections.abc import Iterable

# NiceGUI's pages hold their script and style inline, and Vue compiles templates in the browser, which needs eval.
# What the policy does forbid is any address but the server's own.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws://{host} wss://{host}",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-resource-policy": "same-origin",
}
LIBRARY = "/_nicegui/"
"""Where the browser finds NiceGUI's own files, which may be kept; pages and downloads may not."""

Headers = list[tuple[bytes, bytes]]


def policy(host: str) -> str:
    """The Content-Security-Policy of a page that was asked for under a Host header (checked before)."""
    return "; ".join(f"{name} {value.format(host=host)}" for name, value in POLICY.items())


def guarded(headers: Iterable[tuple[bytes, bytes]], host: str, path: str) -> Headers:
    """Headers of a response with those that protect it; they replace any of the same name."""
    ours = {**FIXED, "content-security-policy": policy(host)}
    if not path.startswith(LIBRARY):
        ours["cache-control"] = "no-store"
    kept = [(name, value) for name, value in headers if name.decode("latin-1").lower() not in ours]
    return kept + [(name.encode(), value.encode()) for name, value in ours.items()]
