"""How the daemon reaches the image service: image bytes never pass through here (design 3.6)."""

from typing import Any

from nova import exception
from nova.image import glance
from oslo_log import log as logging

LOG = logging.getLogger(__name__)


def of(context: Any) -> dict[str, Any] | None:
    """Endpoint as Nova itself finds it, and the caller's token; None for a caller without one."""
    if not context.auth_token:
        return None
    try:
        endpoint = next(glance.get_api_servers(context))
    except Exception as error:
        raise exception.GlanceConnectionFailed(server='(from the service catalog)', reason=error) from error
    return {'endpoint': endpoint.rstrip('/'), 'token': context.auth_token}


def required(context: Any) -> dict[str, Any]:
    """The same for an operation that cannot do without."""
    access = of(context)
    if access is None:
        raise exception.ImageNotAuthorized('this request carries no token for the image service')
    return access
