"""A certificate of our own, made by openssl."""

import shutil
import subprocess
from pathlib import Path

import pytest


def certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    """Certificate and key for names such as ``DNS:feeds.test`` or ``IP:127.0.0.1``."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=test", "-addext", f"subjectAltName={','.join(names)}"]
    command += ["-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key
