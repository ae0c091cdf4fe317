"""The register across meetings: what became of tasks and matters, and who is who in many documents."""

from pipeline.register.digest import Digest, digest
from pipeline.register.records import Register
from pipeline.register.register import (
    REGISTER_STREAMS,
    make_register,
    register_files,
    register_of,
    write_register,
)

__all__ = [
    "REGISTER_STREAMS",
    "Digest",
    "Register",
    "digest",
    "make_register",
    "register_files",
    "register_of",
    "write_register",
]
