"""Logon both ways, logoff, and what happens to a session that the server has forgotten."""

from .checks import check, equal, true


@check('an HMC refuses the token file and takes a password', only='HMC')
def hmc_logon(context):
    from pypowervm import exceptions
    session = context.new_adapter().session
    equal(session.mc_type, 'HMC', 'console without X-MC-Type')
    true(session.traits.vnet_aware, 'network trait')
    saved = context.username, context.password
    context.username = context.password = None
    try:
        context.new_adapter()
    except exceptions.Error:
        return
    finally:
        context.username, context.password = saved
    raise AssertionError('logged on by token file')


@check('logon with the local token file says NovaLink', only='NovaLink')
def local_logon(context):
    session = context.new_adapter().session
    equal(session.mc_type, 'PVM', 'X-MC-Type')
    true(session.traits.local_api, 'local API trait')


@check('logon with a password')
def password_logon(context):
    session = context.new_adapter('pvmadmin', 'pvmadmin-simulated').session
    true(session._sessToken, 'a token')


@check('a wrong password is refused with 401')
def wrong_password(context):
    from pypowervm import exceptions
    try:
        context.new_adapter('pvmadmin', 'not the password')
    except exceptions.HttpError as error:
        equal(error.response.status, 401, 'status')
    else:
        raise AssertionError('logon succeeded')


@check('an expired session is logged on again and the request repeated')
def expired_session(context):
    from pypowervm.wrappers import managed_system
    adapter = context.new_adapter()
    adapter.session._sessToken = b'forgotten by the server'
    equal(len(managed_system.System.get(adapter)), len(context.systems), 'managed systems')
