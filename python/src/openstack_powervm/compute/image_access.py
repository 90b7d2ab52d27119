"""How the daemon reaches the image service: image bytes never pass through here (design 3.6)."""

from typing import Any

from keystoneauth1 import loading
from nova import exception
from nova import service_auth
import nova.conf
from nova.conf import service_token
from nova.image import glance

#: Seconds that a service token must still be good for. The daemon may map a disk before it asks, and cannot get another.
REMAINING = 1800


def of(context: Any) -> dict[str, Any] | None:
    """Endpoint as Nova itself finds it, and the caller's token; None for a caller without one.

    With ``[service_user] send_service_user_token`` also a token of Nova's own, with which the image service takes the
    caller's although it has expired in the meantime.
    """
    if not context.auth_token:
        return None
    try:
        endpoint = next(glance.get_api_servers(context))
        own = _service_token(context)
    except Exception as error:
        raise exception.GlanceConnectionFailed(server='(from the service catalog)', reason=error) from error
    access = {'endpoint': endpoint.rstrip('/'), 'token': context.auth_token}
    return access if own is None else {**access, 'serviceToken': own}


def required(context: Any) -> dict[str, Any]:
    """The same for an operation that cannot do without."""
    access = of(context)
    if access is None:
        raise exception.ImageNotAuthorized('this request carries no token for the image service')
    return access


def _service_token(context: Any) -> str | None:
    """As Nova gets it for its own requests; None where it does not send any."""
    auth = getattr(service_auth.get_auth_plugin(context), 'service_auth', None)
    if auth is None:
        return None
    session = loading.load_session_from_conf_options(nova.conf.CONF, service_token.SERVICE_USER_GROUP)
    if auth.get_access(session).will_expire_soon(REMAINING):
        auth.invalidate()
    return auth.get_token(session)
