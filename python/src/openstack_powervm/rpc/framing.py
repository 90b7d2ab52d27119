"""Messages on the wire: a ``Content-Length`` header, an empty line, JSON in UTF-8."""

import json
from typing import Any, BinaryIO

#: Nothing in the contract comes near this; a larger announcement means that the stream is out of step.
LARGEST = 64 * 1024 * 1024
LONGEST_HEADER = 8 * 1024


class FramingError(Exception):
    """What was received is not a message."""


def encode(message: dict[str, Any]) -> bytes:
    body = json.dumps(message, ensure_ascii=False, separators=(',', ':')).encode('utf-8')
    return b'Content-Length: %d\r\n\r\n%s' % (len(body), body)


def read(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; None when the peer has hung up."""
    length = _read_header(stream)
    if length is None:
        return None
    body = stream.read(length)
    if len(body) < length:
        return None
    try:
        message = json.loads(body)
    except ValueError as error:
        raise FramingError(f'message is not JSON: {error}') from None
    if not isinstance(message, dict):
        raise FramingError('message is not an object')
    return message


def _read_header(stream: BinaryIO) -> int | None:
    length = None
    while True:
        line = stream.readline(LONGEST_HEADER)
        if not line:
            return None
        if not line.endswith(b'\n'):
            raise FramingError('header line is too long')
        line = line.strip()
        if not line:
            break
        name, _, value = line.partition(b':')
        if name.strip().lower() == b'content-length':
            length = _length(value)
    if length is None:
        raise FramingError('message without Content-Length')
    return length


def _length(value: bytes) -> int:
    text = value.strip()
    if not text.isdigit() or int(text) > LARGEST:
        raise FramingError('Content-Length is not a sensible number')
    return int(text)
