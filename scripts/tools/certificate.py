"""A certificate for this machine alone, signed by itself: HTTPS to try, not HTTPS to trust."""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts.tools.places import write_whole

LASTS: Final = dt.timedelta(days=365)
LEFT: Final = dt.timedelta(days=7)  # with less than this it is made anew
NAMES: Final = ("localhost",)
ADDRESSES: Final = ("127.0.0.1", "::1")


def certificate(folder: Path) -> Path:
    """`fullchain.pem` and `privkey.pem` in this folder, which is returned; what is there and lasts stays."""
    chain, secret = folder / "fullchain.pem", folder / "privkey.pem"
    if not (chain.exists() and secret.exists() and _lasts(chain)):
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        kinds = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        write_whole(secret, key.private_bytes(serialization.Encoding.PEM, *kinds).decode(), mode=0o600)
        write_whole(chain, _signed(key).public_bytes(serialization.Encoding.PEM).decode())
    return folder


def _lasts(chain: Path) -> bool:
    ends = x509.load_pem_x509_certificate(chain.read_bytes()).not_valid_after_utc
    return ends - dt.datetime.now(dt.UTC) > LEFT


def _signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "BookGen on this machine")])
    now = dt.datetime.now(dt.UTC)
    named = [x509.DNSName(name) for name in NAMES]
    placed = [x509.IPAddress(ipaddress.ip_address(address)) for address in ADDRESSES]
    made = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number(), now, now + LASTS)
    made = made.add_extension(x509.SubjectAlternativeName([*named, *placed]), critical=False)
    # Whoever trusts it trusts no other certificate by it.
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return made.sign(key, hashes.SHA256())
